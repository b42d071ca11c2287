import MiniSearch from 'minisearch';
import { documentsOf, type Engine, FOUND_PHRASES } from '../engine.ts';
import { foldedSyllables } from './vietnamese-terms.ts';

/**
 * https://github.com/lucaong/minisearch. Tried: accented and folded words in two fields (top-1 58.0 %), in one field
 * (61.6), folded alone (60.6); `prefix`, and `fuzzy` 0.2 and 0.34 with their weights down to a twentieth (33.7 to
 * 65.5, at up to ten times the time); syllable pairs (63.9); BM25 with k 0.6 to 2, b 0.3 to 1, d 0 to 0.5. Kept: the
 * best of all, 66.3.
 */
export const minisearch: Engine = {
  build: knowledge => {
    const documents = documentsOf(knowledge);
    const index = new MiniSearch({
      fields: ['text'],
      tokenize: foldedSyllables,
      processTerm: term => term,
      searchOptions: { bm25: { k: 2, b: 0.9, d: 0 } },
    });
    index.addAll(documents.map(({ text }, id) => ({ id, text })));
    const topicIds = documents.map(({ topicId }) => topicId);
    return text =>
      index
        .search(text)
        .slice(0, FOUND_PHRASES)
        .map(({ id }) => topicIds[id] as string);
  },
};

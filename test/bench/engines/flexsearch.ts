import { Encoder, Index, type IndexOptions } from 'flexsearch';
import { fold } from '../../../src/matcher/vietnamese/normalise.ts';
import { documentsOf, type Engine, FOUND_PHRASES, type Search } from '../engine.ts';
import type { BenchKnowledge } from '../phrases.ts';

/**
 * https://github.com/nextapps-de/flexsearch, with `suggest`, without which only phrases that hold every word are
 * found. Tried: its own charsets (top-1 53.2 % Normalize, 43.2 LatinBalance, 15.7 LatinExtra), folding that knows đ
 * (53.2); tokenisers forward, tolerant and full (47.6 to 48.8); accented and folded words in one index (51.4) or in
 * a document of two fields (53.0); syllable pairs (56.4); `resolution` 1 to 30 (51.2 to 56.4; 20 is what the
 * documentation's formula gives). Kept: the best, 57.8.
 */
export const flexsearch: Engine = {
  build: knowledge => build(knowledge, { resolution: 20 }),
};

/** The same with its context index: faster, and in no setting tried as good (top-1 50.2 to 53.6 %). */
export const flexsearchContext: Engine = {
  build: knowledge => build(knowledge, { context: { depth: 1, resolution: 9, bidirectional: true } }),
};

function build(knowledge: BenchKnowledge, options: IndexOptions): Search {
  const documents = documentsOf(knowledge);
  const index = new Index({
    encoder: new Encoder({ normalize: text => fold(text.toLowerCase()), dedupe: true }),
    ...options,
  });
  for (const [id, { text }] of documents.entries()) index.add(id, text);
  const topicIds = documents.map(({ topicId }) => topicId);
  return text =>
    index.search(text, { limit: FOUND_PHRASES, suggest: true }).map(id => topicIds[id as number] as string);
}

import TfIdf from 'natural/lib/natural/tfidf/tfidf.js';
import { documentsOf, type Engine } from '../engine.ts';
import { bothSyllables, foldedPairs } from './vietnamese-terms.ts';

/**
 * https://naturalnode.github.io/natural. Tried: each phrase a document (top-1 33.5 to 51.1 %, over 20 ms a query),
 * each topic a document (53.6 with accented syllables, 57.6 folded, 59.6 both, 66.1 folded with pairs). Kept: topics
 * with both and pairs, 66.7.
 */
export const naturalTfIdf: Engine = {
  build: knowledge => {
    const termsOf = new Map<string, string[]>();
    for (const { text, topicId } of documentsOf(knowledge))
      termsOf.set(topicId, [...(termsOf.get(topicId) ?? []), ...terms(text)]);
    const index = new TfIdf();
    for (const [topicId, list] of termsOf) index.addDocument(list, topicId);
    const topicIds = [...termsOf.keys()];
    return text => {
      const scores = index.tfidfs(terms(text));
      return [...topicIds.keys()]
        .sort((a, b) => (scores[b] as number) - (scores[a] as number))
        .slice(0, 3)
        .map(i => topicIds[i] as string);
    };
  },
};

function terms(text: string): string[] {
  return [...bothSyllables(text), ...foldedPairs(text)];
}

import UFuzzy from '@leeoniya/ufuzzy';
import { fold } from '../../../src/matcher/vietnamese/normalise.ts';
import { documentsOf, type Engine, FOUND_PHRASES } from '../engine.ts';

/**
 * https://github.com/leeoniya/uFuzzy. Its `search` finds what holds every word of the question: top-1 2.4 %, with
 * words out of order 2.8, with `intraMode` 1 the same. So its `filter` is asked for each word, and phrases are
 * ranked by the words that they hold, the rarer the heavier (58.4 %; unweighted 53.2, with `intraMode` 1 54.4).
 */
export const ufuzzy: Engine = {
  build: knowledge => {
    const documents = documentsOf(knowledge);
    const fuzzy = new UFuzzy();
    const haystack = documents.map(({ text }) => fold(text));
    const topicIds = documents.map(({ topicId }) => topicId);
    return text => {
      const scores = new Map<number, number>();
      for (const word of new Set(fuzzy.split(fold(text)))) {
        const found = fuzzy.filter(haystack, word) ?? [];
        const weight = Math.log(haystack.length / (1 + found.length));
        for (const i of found) scores.set(i, (scores.get(i) ?? 0) + weight);
      }
      return [...scores]
        .sort(([a, first], [b, second]) => second - first || lengthOf(a) - lengthOf(b))
        .slice(0, FOUND_PHRASES)
        .map(([i]) => topicIds[i] as string);
    };

    function lengthOf(i: number): number {
      return haystack[i]?.length ?? 0;
    }
  },
};

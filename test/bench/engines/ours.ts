import { buildMatcher } from '../../../src/matcher/build-matcher.ts';
import type { Engine } from '../engine.ts';

/** The matcher as the product asks it for each question: topics, facets, confidence and the parts of a question. */
export const ours: Engine = {
  build: knowledge => {
    const matcher = buildMatcher(knowledge);
    return text => matcher.match(text).topics.map(({ topicId }) => topicId);
  },
};

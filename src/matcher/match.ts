import type { Facet } from '../domain/facet.ts';

export type RankedTopic = {
  topicId: string;
  /** Raw ranking number; comparable within one match only. */
  score: number;
  /** Calibrated probability 0–1 that this topic is what the citizen means. */
  confidence: number;
};

/** What the matcher makes of one text. */
export type Match = {
  /** False for a text without a word to read: emoji, punctuation. */
  hasWords: boolean;
  /** Topics, best first; at most ten. Empty when the knowledge has none of the text's words. */
  topics: RankedTopic[];
  /** The facets asked, in the order of the text; empty when none is. */
  facets: Facet[];
  /** Two topics of one question, in the order of the text; null where there is one. */
  pair: [RankedTopic, RankedTopic] | null;
  /** True when the question speaks of a facet and of no topic ("vậy lệ phí bao nhiêu?"). */
  facetOnly: boolean;
};

/** Pure and synchronous: text in, ranking out. */
export interface Matcher {
  match(text: string): Match;
}

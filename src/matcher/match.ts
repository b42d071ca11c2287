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

/** What in a text, beside its words, decided about the ranking. */
export type MatchRule =
  /** A national code stands in the text. */
  | 'national-code'
  /** Small talk beside a question was set aside. */
  | 'greeting-aside'
  /** What clauses deny, or tell as done, counts less than the rest. */
  | 'aside-discounted'
  | 'two-topics'
  | 'facet-only';

/** Why a topic stands where it stands. */
export type ExplainedTopic = RankedTopic & {
  /** The classifier's score; null for a catalogue topic, which is found by likeness alone. */
  margin: number | null;
  /** The nearest training text, and its likeness (0–1). */
  nearestPhrase: string | null;
  cosine: number;
  /** What each word, pair of words, or the letters together add to the margin, the heaviest first. */
  words: { text: string; weight: number }[];
};

/** How a match came about, for staff. */
export type Explanation = {
  match: Match;
  /** What was read into the text: abbreviations, teencode, everyday names, repairs. */
  changes: { kind: 'abbreviation' | 'teencode' | 'synonym' | 'repair'; from: string; to: string }[];
  /** Words that no training text has. */
  unknownWords: string[];
  rules: MatchRule[];
  topics: ExplainedTopic[];
  /** The numbers that the confidence of the first trained topic rests on. */
  evidence: { name: string; value: number }[];
};

/** Pure and synchronous: text in, ranking out. */
export interface Matcher {
  match(text: string): Match;
  /** Slower than `match`, for one text at a time. */
  explain(text: string): Explanation;
}

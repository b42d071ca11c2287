import { trainRanker } from '../ranker/ranker.ts';
import type { CompiledLexicon } from '../vietnamese/lexicon.ts';
import { readText } from '../vietnamese/reader.ts';
import { buildVocabulary, countWords } from '../vietnamese/vocabulary.ts';
import type { LabelledText, RankFigures } from './evaluate-intents.ts';

/** A question that several labels answer rightly. */
export type Query = { text: string; labels: readonly string[] };

/** Ranks the labels of a training set for texts; best first, at most as many as the ranker compares. */
export type RankLabels = (text: string) => string[];

/** Trains the product's ranker on labelled texts alone, read with the lexicon. */
export function trainLabelRanking(
  training: readonly (LabelledText & { intent: string })[],
  lexicon: CompiledLexicon,
): RankLabels {
  const read = (text: string) => readText(text, lexicon, null);
  const vocabulary = buildVocabulary(countWords(training.map(({ text }) => read(text).tokens)));
  const readings = ({ tokens, standard }: ReturnType<typeof readText>) =>
    standard ? [tokens, standard] : [tokens];
  const ranker = trainRanker(
    training.map(({ text, intent }) => ({ readings: readings(read(text)), labels: [intent] })),
  );
  return text =>
    ranker.rank(readings(readText(text, lexicon, vocabulary))).candidates.map(({ label }) => label);
}

/** At which rank the first right label stands; a text whose labels are all missing counts as not found. */
export function rankAnyLabel(queries: readonly Query[], rank: RankLabels): RankFigures {
  const ranks = queries.map(({ text, labels }) => rank(text).findIndex(label => labels.includes(label)) + 1);
  const n = ranks.length;
  const recall = (depth: number) => ranks.filter(at => at > 0 && at <= depth).length / Math.max(1, n);
  return {
    n,
    recallAt1: recall(1),
    recallAt3: recall(3),
    recallAt5: recall(5),
    recallAt10: recall(10),
    mrr: ranks.reduce((sum, at) => sum + (at > 0 ? 1 / at : 0), 0) / Math.max(1, n),
  };
}

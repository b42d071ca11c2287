import type { CompiledLexicon } from '../vietnamese/lexicon.ts';
import { type LabelledText, trainOnTexts } from './train-on-texts.ts';

export type RankFigures = {
  n: number;
  recallAt1: number;
  recallAt3: number;
  recallAt5: number;
  recallAt10: number;
  mrr: number;
};

/** A question that several labels answer rightly. */
export type Query = { text: string; labels: readonly string[] };

/** Ranks the labels of a training set for texts; best first, at most as many as the ranker compares. */
export type RankLabels = (text: string) => string[];

/** Trains the product's ranker on labelled texts alone, read with the lexicon. */
export function trainLabelRanking(training: readonly LabelledText[], lexicon?: CompiledLexicon): RankLabels {
  const { rank } = trainOnTexts(training, lexicon);
  return text => {
    const { candidates, lookalikes } = rank(text);
    return [...candidates, ...lookalikes].map(({ label }) => label);
  };
}

/** At which rank the first right label stands; a text whose labels are all missing counts as not found. */
export function evaluateRanks(queries: readonly Query[], rank: RankLabels): RankFigures {
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

/** The same on a labelled set with one right intent each; texts out of scope are left out. */
export function evaluateIntentRanks(
  train: readonly LabelledText[],
  test: readonly LabelledText[],
): RankFigures {
  const queries = test.flatMap(({ text, intent }) => (intent === null ? [] : [{ text, labels: [intent] }]));
  return evaluateRanks(queries, trainLabelRanking(train));
}

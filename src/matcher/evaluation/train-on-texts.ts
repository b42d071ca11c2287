import { collectFeatures, type FeatureSpace, openFeatureSpace } from '../ranker/feature-space.ts';
import {
  type Example,
  openRanker,
  type PreparedExample,
  prepareExamples,
  type Ranking,
  trainRanker,
} from '../ranker/ranker.ts';
import { type CompiledLexicon, EMPTY_LEXICON } from '../vietnamese/lexicon.ts';
import { type Reading, readText, toReadings } from '../vietnamese/reader.ts';
import { buildVocabulary } from '../vietnamese/vocabulary.ts';

/** One line of a labelled set; `intent: null` = out of scope. */
export type LabelledText = { text: string; intent: string | null };

export const OUT_OF_SCOPE = '(out of scope)';

/** The product's ranker, trained on labelled texts alone. */
export type TrainedOnTexts = {
  rank: (text: string) => Ranking;
  /** What it was trained on, for a calibration by cross-validation. */
  space: FeatureSpace;
  examples: PreparedExample[];
};

/**
 * Reads as the product does: repairs fire only where the raw word is unknown and the repair known. Where most
 * intents have a single text there is nothing to learn from, and likeness alone ranks them.
 */
export function trainOnTexts(
  set: readonly LabelledText[],
  lexicon: CompiledLexicon = EMPTY_LEXICON,
): TrainedOnTexts {
  const training = set.map(({ text }) => readText(text, lexicon, null));
  const vocabulary = buildVocabulary(training.map(({ tokens }) => tokens));
  const isSingle = isMostlySingle(set);
  const examples = set.map(
    ({ text, intent }, i): Example => ({
      text,
      readings: toReadings(training[i] as Reading),
      label: intent ?? OUT_OF_SCOPE,
      isSupport: intent === null,
      isUntrained: isSingle && intent !== null,
    }),
  );
  const space = openFeatureSpace(collectFeatures(examples.map(({ readings }) => readings)));
  const prepared = prepareExamples(space, examples);
  const ranker = openRanker(trainRanker(space, prepared, { background: OUT_OF_SCOPE }));
  const rank = (text: string) =>
    ranker.rank(space.featuresOf(toReadings(readText(text, lexicon, vocabulary))));
  return { rank, space, examples: prepared };
}

function isMostlySingle(set: readonly LabelledText[]): boolean {
  const counts = new Map<string, number>();
  for (const { intent } of set) if (intent !== null) counts.set(intent, (counts.get(intent) ?? 0) + 1);
  const single = [...counts.values()].filter(count => count === 1).length;
  return single > counts.size / 2;
}

import { FACETS, type Facet } from '../domain/facet.ts';
import type { FacetPhrases, Lexicon } from '../domain/knowledge.ts';
import type { Topic } from '../domain/topic.ts';
import { type Calibration, fitCalibration, judgeByCrossValidation } from './ranker/confidence.ts';
import {
  collectFeatures,
  type FeatureNames,
  type FeatureSpace,
  openFeatureSpace,
  type Readings,
} from './ranker/feature-space.ts';
import { type Example, openRanker, prepareExamples, type RankerData, trainRanker } from './ranker/ranker.ts';
import {
  facetExamples,
  isSmalltalk,
  NO_TOPIC,
  situatedExamples,
  topicExamples,
  untrainedExamples,
} from './training-examples.ts';
import { type CompiledLexicon, compileLexicon } from './vietnamese/lexicon.ts';
import { readText, toReadings } from './vietnamese/reader.ts';
import { compileVocabulary, type VocabularyData } from './vietnamese/vocabulary.ts';

export type MatcherKnowledge = {
  topics: readonly Topic[];
  /** Topics that are found by likeness to their texts alone: thousands of them cost no training. */
  catalogue?: readonly Topic[];
  facets: FacetPhrases;
  lexicon: Lexicon;
};

/** A trained matcher as plain data: it can be saved, or sent to another thread. */
export type CompiledMatcher = {
  lexicon: CompiledLexicon;
  vocabulary: VocabularyData;
  features: FeatureNames;
  /** By example of the topic ranker: its text, for explanations. */
  texts: string[];
  /** The same of the texts that catalogue topics are found by. */
  catalogueTexts: string[];
  topicRanker: RankerData;
  calibration: Calibration;
  facetRanker: RankerData;
  /** National code → topic id, old codes included. */
  codes: ReadonlyMap<string, string>;
  /** Ids of small talk: it goes before a question, and is not what the question is about. */
  chatter: ReadonlySet<string>;
};

/**
 * Of a hundred questions so many are about nothing that the knowledge holds, and so many about a procedure of the
 * catalogue that nobody has curated: the calibration's assumptions. What was left unanswered in trials on real
 * questions lay between a tenth and a third; of the portal's frequent questions a third have no curated procedure.
 */
const SHARES = { outOfScope: 0.15, untrained: 0.2 };

/** A phrase whose best facet lies below this asks for none. */
const NO_FACET_MARGIN = -0.5;

/**
 * Reads the knowledge, trains both rankers and fits the confidence: pure and deterministic, seconds for thousands of
 * phrases.
 */
export function compileMatcher(knowledge: MatcherKnowledge): CompiledMatcher {
  const { topics, catalogue = [], facets } = knowledge;
  const lexicon = compileLexicon(knowledge.lexicon);
  const read = (text: string) => toReadings(readText(text, lexicon, null));
  const trained = topicExamples(topics, facets, read);
  const untrained = untrainedExamples(catalogue, read);
  const forTopics = [...trained, ...untrained];
  const forFacets = facetExamples(topics, facets, read);
  const features = collectFeatures([...forTopics, ...forFacets].map(({ readings }) => readings));
  const space = openFeatureSpace(features);
  const examples = prepareExamples(space, forTopics);
  const options = { background: NO_TOPIC };
  const judged = judgeByCrossValidation(space, examples, options);
  return {
    lexicon,
    vocabulary: compileVocabulary(textsOf(knowledge).map(text => readText(text, lexicon, null).tokens)),
    features,
    texts: trained.map(({ text }) => text),
    catalogueTexts: untrained.map(({ text }) => text),
    topicRanker: trainRanker(space, examples, { ...options, forUnaccented: true }),
    calibration: fitCalibration(judged, SHARES),
    facetRanker: trainFacets(knowledge, { space, forFacets, read }),
    codes: codesOf([...topics, ...catalogue]),
    chatter: new Set(topics.filter(isChatter).map(({ id }) => id)),
  };
}

type FacetTraining = { space: FeatureSpace; forFacets: readonly Example[]; read: (text: string) => Readings };

/**
 * Twice: a first ranker tells which phrases of procedures ask for no facet, and the second one learns the facets within
 * these.
 */
function trainFacets(
  { topics, facets }: MatcherKnowledge,
  { space, forFacets, read }: FacetTraining,
): RankerData {
  const examples = prepareExamples(space, forFacets);
  const first = openRanker(trainRanker(space, examples, { comparePhrases: false }));
  const situations = topics
    .filter(topic => topic.kind === 'procedure')
    .flatMap(topic => topic.phrases)
    .filter(phrase => {
      const [top] = first.rank(space.featuresOf(read(phrase))).candidates;
      return !top || top.label === ('overview' satisfies Facet) || top.margin < NO_FACET_MARGIN;
    });
  const situated = prepareExamples(space, situatedExamples(situations, facets, read));
  return trainRanker(space, [...examples, ...situated], { comparePhrases: false });
}

/** Small talk may stand beside a question; a sentence that is off the topic as a whole does not. */
function isChatter(topic: Topic): boolean {
  return isSmalltalk(topic) && topic.kind === 'article' && topic.outcome !== 'fallback';
}

/** The words of the knowledge itself are what a misspelt question is repaired to. */
function textsOf({ topics, catalogue = [], facets }: MatcherKnowledge): string[] {
  return [
    ...[...topics, ...catalogue].flatMap(topic => [
      ...topic.phrases,
      topic.name,
      topic.label,
      ...topic.aliases,
    ]),
    ...FACETS.flatMap(facet => facets[facet]),
  ];
}

function codesOf(topics: readonly Topic[]): Map<string, string> {
  return new Map(
    topics.flatMap(topic =>
      topic.kind === 'procedure'
        ? [topic.code ?? topic.id, ...topic.replaces].map(code => [code, topic.id] as const)
        : [],
    ),
  );
}

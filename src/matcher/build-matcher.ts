import { FACETS, type Facet, isFacet } from '../domain/facet.ts';
import type { FacetPhrases, Lexicon } from '../domain/knowledge.ts';
import type { Topic } from '../domain/topic.ts';
import type { Match, Matcher, RankedTopic } from './match.ts';
import {
  type Calibration,
  type Confidence,
  confidenceOf,
  fitCalibration,
  judgeByCrossValidation,
} from './ranker/confidence.ts';
import { type Ranker, type Ranking, trainRanker } from './ranker/ranker.ts';
import type { Readings } from './ranker/vectoriser.ts';
import { splitSegments } from './segments.ts';
import { facetExamples, NO_TOPIC, topicExamples } from './training-examples.ts';
import { compileLexicon } from './vietnamese/lexicon.ts';
import { readText } from './vietnamese/reader.ts';
import { buildVocabulary, countWords } from './vietnamese/vocabulary.ts';

export type MatcherKnowledge = { topics: readonly Topic[]; facets: FacetPhrases; lexicon: Lexicon };

/** A facet counts as asked from this margin of its classifier on. */
const FACET_MARGIN = -0.3;
/** Each half of a double question must stand on its own feet. */
const SEGMENT_CONFIDENCE = 0.7;
/** A question is about no topic only when that leads by this much (a hint of a topic is worth more) … */
const NO_TOPIC_LEAD = 0.6;
/** … when it comes this near to a way of asking for a facet, and such ways explain this much of its words. */
const NO_TOPIC_COSINE = 0.4;
const NO_TOPIC_COVERAGE = 0.8;
/** Both topics of a double question stand among the first of the whole question. */
const PAIR_DEPTH = 4;
const MAX_TOPICS = 10;
/** A longer text is read to this many characters: enough for any question, and bounded work. */
const LONGEST_READ = 2000;

/** Trains a matcher on the knowledge: pure and deterministic, seconds for thousands of phrases. */
export function buildMatcher(knowledge: MatcherKnowledge): Matcher {
  const reader = buildReader(knowledge);
  const examples = topicExamples(knowledge.topics, knowledge.facets, reader.readTraining);
  const topicRanker = trainRanker(examples, { background: NO_TOPIC });
  const calibration = fitCalibration(judgeByCrossValidation(examples, { background: NO_TOPIC }));
  const facetRanker = trainRanker(facetExamples(knowledge.topics, knowledge.facets, reader.readTraining), {
    comparePhrases: false,
  });
  const chatter = new Set(
    knowledge.topics
      .filter(topic => topic.kind === 'article' && topic.group === 'smalltalk')
      .map(topic => topic.id),
  );
  const codes = new Map(
    knowledge.topics.flatMap(topic =>
      topic.kind === 'procedure'
        ? [topic.code ?? topic.id, ...topic.replaces].map(code => [code, topic.id] as const)
        : [],
    ),
  );
  const parts: Parts = { ...reader, codes, topicRanker, calibration, facetRanker, chatter };
  return { match: text => matchText(text.slice(0, LONGEST_READ), parts) };
}

type Parts = {
  /** National code → topic id, old codes included. */
  codes: ReadonlyMap<string, string>;
  readQuestion: (text: string) => Readings;
  topicRanker: Ranker;
  calibration: Calibration;
  facetRanker: Ranker;
  /** Ids of small talk: it goes before a question, and is not what the question is about. */
  chatter: ReadonlySet<string>;
};

type Reader = { readTraining: (text: string) => Readings; readQuestion: (text: string) => Readings };

/** The words of the knowledge itself are what a misspelt question is repaired to. */
function buildReader({ topics, facets, lexicon }: MatcherKnowledge): Reader {
  const compiled = compileLexicon(lexicon);
  const texts = [
    ...topics.flatMap(topic => [...topic.phrases, topic.name, topic.label, ...topic.aliases]),
    ...FACETS.flatMap(facet => facets[facet]),
  ];
  const vocabulary = buildVocabulary(countWords(texts.map(text => readText(text, compiled, null).tokens)));
  const read = (text: string, repairs: typeof vocabulary | null): Readings => {
    const { tokens, standard } = readText(text, compiled, repairs);
    return standard ? [tokens, standard] : [tokens];
  };
  return { readTraining: text => read(text, null), readQuestion: text => read(text, vocabulary) };
}

function matchText(text: string, parts: Parts): Match {
  const whole = read(text, parts);
  const segments = splitSegments(text);
  const spoken = segments.length > 1 ? segments.map(segment => read(segment, parts)) : [];
  const focus = namedByCode(text, withoutChatter(whole, spoken, parts), parts);
  return {
    hasWords: /\p{L}/u.test(text) || focus.topics.some(({ confidence }) => confidence === 1),
    topics: focus.topics.slice(0, MAX_TOPICS),
    facets: askedFacets(whole, spoken),
    pair: twoTopics(focus, spoken, parts),
    facetOnly: focus.isTopicless,
  };
}

/** A question or a part of one, as both rankers see it. */
type Spoken = { readings: Readings; topics: RankedTopic[]; isTopicless: boolean; facet: Facet | null };

function read(text: string, parts: Parts): Spoken {
  const readings = parts.readQuestion(text);
  const ranking = parts.topicRanker.rank(readings);
  const topics = ranking.unknownWeight < 1 ? toTopics(ranking, confidenceOf(ranking, parts.calibration)) : [];
  return {
    readings,
    topics,
    isTopicless: isTopicless(ranking),
    facet: topFacet(readings, parts.facetRanker),
  };
}

function toTopics({ candidates }: Ranking, confidence: Confidence): RankedTopic[] {
  return candidates.map(({ label, score }, i) => ({
    topicId: label,
    score,
    confidence: confidence.candidates[i] ?? 0,
  }));
}

function isTopicless({ background }: Ranking): boolean {
  if (!background || background.coverage < NO_TOPIC_COVERAGE) return false;
  return background.lead >= NO_TOPIC_LEAD && background.cosine >= NO_TOPIC_COSINE;
}

const NATIONAL_CODE = /(?<!\d)\d\.\d{6}(?!\d)/g;

/** "Thủ tục 1.001193 cần gì": a national code names its procedure, whatever stands around it. */
function namedByCode(text: string, spoken: Spoken, { codes }: Parts): Spoken {
  const topicId = (text.match(NATIONAL_CODE) ?? []).map(code => codes.get(code)).find(id => id !== undefined);
  if (!topicId) return spoken;
  const named: RankedTopic = { topicId, score: Number.POSITIVE_INFINITY, confidence: 1 };
  return { ...spoken, topics: [named], isTopicless: false };
}

/** "Chào bạn, cho mình hỏi làm khai sinh": a greeting beside a question is not what the question is about. */
function withoutChatter(whole: Spoken, spoken: Spoken[], { chatter }: Parts): Spoken {
  if (!chatter.has(whole.topics[0]?.topicId ?? '')) return whole;
  const question = spoken.find(({ topics: [top] }) => top && isSure(top) && !chatter.has(top.topicId));
  return question ?? whole;
}

/** Two different topics, each sure by itself and named by the whole question too; in the order of the text. */
function twoTopics(whole: Spoken, spoken: Spoken[], { chatter }: Parts): Match['pair'] {
  const tops = spoken
    .filter(part => !part.isTopicless)
    .map(({ topics: [top] }) => top)
    .filter((top): top is RankedTopic => top !== undefined && isSure(top))
    .filter(top => !chatter.has(top.topicId));
  const [first] = tops;
  const second = tops.find(top => top.topicId !== first?.topicId);
  if (!first || !second) return null;
  const [top, ...next] = whole.topics.slice(0, PAIR_DEPTH).map(({ topicId }) => topicId);
  const isNamed =
    (first.topicId === top && next.includes(second.topicId)) ||
    (second.topicId === top && next.includes(first.topicId));
  return isNamed ? [first, second] : null;
}

function isSure(topic: RankedTopic): boolean {
  return topic.confidence >= SEGMENT_CONFIDENCE;
}

/** The facets of the parts, in their order, where the parts differ; else that of the whole question. */
function askedFacets(whole: Spoken, spoken: Spoken[]): Facet[] {
  const parts = spoken.map(({ facet }) => facet);
  const distinct = [...new Set(parts)].filter(
    (facet): facet is Facet => facet !== null && facet !== 'overview',
  );
  if (distinct.length > 1) return distinct.slice(0, 2);
  if (whole.facet !== null && whole.facet !== 'overview') return [whole.facet];
  return distinct.length > 0 ? distinct : whole.facet ? [whole.facet] : [];
}

function topFacet(readings: Readings, ranker: Ranker): Facet | null {
  const [top] = ranker.rank(readings).candidates;
  return top && top.margin >= FACET_MARGIN && isFacet(top.label) ? top.label : null;
}

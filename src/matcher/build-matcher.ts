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
const FACET_MARGIN = -0.1;
/** Each half of a double question must stand on its own feet. */
const SEGMENT_CONFIDENCE = 0.6;
/** A question is about no topic only when that leads by this much: a hint of a topic is worth more. */
const NO_TOPIC_LEAD = 0.6;
const MAX_TOPICS = 10;
/** A longer text is read to this many characters: enough for any question, and bounded work. */
const LONGEST_READ = 2000;

/** Trains a matcher on the knowledge: pure and deterministic, seconds for thousands of phrases. */
export function buildMatcher(knowledge: MatcherKnowledge): Matcher {
  const reader = buildReader(knowledge);
  const examples = topicExamples(knowledge.topics, knowledge.facets, reader.readTraining);
  const topicRanker = trainRanker(examples, { background: NO_TOPIC });
  const calibration = fitCalibration(judgeByCrossValidation(examples, { background: NO_TOPIC }));
  const facetRanker = trainRanker(facetExamples(knowledge.topics, knowledge.facets, reader.readTraining));
  const chatter = new Set(
    knowledge.topics
      .filter(topic => topic.kind === 'article' && topic.group === 'smalltalk')
      .map(topic => topic.id),
  );
  const parts: Parts = { ...reader, topicRanker, calibration, facetRanker, chatter };
  return { match: text => matchText(text.slice(0, LONGEST_READ), parts) };
}

type Parts = {
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
  const whole = rankTopics(text, parts);
  const segments = splitSegments(text);
  const spoken = segments.length > 1 ? segments.map(segment => rankTopics(segment, parts)) : [];
  const focus = withoutChatter(whole, spoken, parts);
  return {
    topics: focus.topics.slice(0, MAX_TOPICS),
    facets: askedFacets(text, segments, parts),
    pair: twoTopics(focus, spoken, parts),
    facetOnly: focus.isTopicless,
  };
}

type TopicRanking = { topics: RankedTopic[]; isTopicless: boolean };

function rankTopics(text: string, { readQuestion, topicRanker, calibration }: Parts): TopicRanking {
  const readings = readQuestion(text);
  if (readings.every(tokens => tokens.length === 0)) return { topics: [], isTopicless: false };
  const ranking = topicRanker.rank(readings);
  return toTopics(ranking, confidenceOf(ranking, calibration));
}

function toTopics({ candidates, backgroundLead }: Ranking, confidence: Confidence): TopicRanking {
  const topics = candidates.map(({ label, score }, i) => ({
    topicId: label,
    score,
    confidence: confidence.candidates[i] ?? 0,
  }));
  return { topics, isTopicless: backgroundLead >= NO_TOPIC_LEAD };
}

/** "Chào bạn, cho mình hỏi làm khai sinh": a greeting beside a question is not what the question is about. */
function withoutChatter(whole: TopicRanking, spoken: TopicRanking[], { chatter }: Parts): TopicRanking {
  if (!chatter.has(whole.topics[0]?.topicId ?? '')) return whole;
  const question = spoken.find(({ topics: [top] }) => top && isSure(top) && !chatter.has(top.topicId));
  return question ?? whole;
}

/** Two different topics, each sure by itself, of which the whole question names one; in the order of the text. */
function twoTopics(whole: TopicRanking, spoken: TopicRanking[], { chatter }: Parts): Match['pair'] {
  const tops = spoken
    .filter(part => !part.isTopicless)
    .map(({ topics: [top] }) => top)
    .filter((top): top is RankedTopic => top !== undefined && isSure(top))
    .filter(top => !chatter.has(top.topicId));
  const [first] = tops;
  const second = tops.find(top => top.topicId !== first?.topicId);
  if (!first || !second) return null;
  const named = whole.topics[0]?.topicId;
  return named === first.topicId || named === second.topicId ? [first, second] : null;
}

function isSure(topic: RankedTopic): boolean {
  return topic.confidence >= SEGMENT_CONFIDENCE;
}

/** The facets of the parts, in their order, where the parts differ; else that of the whole question. */
function askedFacets(text: string, segments: readonly string[], parts: Parts): Facet[] {
  const bySegment = segments.length > 1 ? segments.map(segment => topFacet(segment, parts)) : [];
  const distinct = [...new Set(bySegment.filter(facet => facet !== null && facet !== 'overview'))] as Facet[];
  if (distinct.length > 1) return distinct.slice(0, 2);
  const whole = topFacet(text, parts);
  if (whole !== null && whole !== 'overview') return [whole];
  return distinct.length > 0 ? distinct : whole ? [whole] : [];
}

function topFacet(text: string, { facetRanker, readQuestion }: Parts): Facet | null {
  const [top] = facetRanker.rank(readQuestion(text)).candidates;
  return top && top.margin >= FACET_MARGIN && isFacet(top.label) ? top.label : null;
}

import { type Facet, isFacet } from '../domain/facet.ts';
import type { CompiledMatcher } from './compile-matcher.ts';
import { explainMatch } from './explain-match.ts';
import type { Match, Matcher, MatchRule, RankedTopic } from './match.ts';
import { type Calibration, confidenceOf } from './ranker/confidence.ts';
import { openFeatureSpace, type TextFeatures } from './ranker/feature-space.ts';
import { openRanker, type Ranker, type Ranking } from './ranker/ranker.ts';
import { splitSegments, withoutAsides } from './segments.ts';
import { type Reading, readText, toReadings } from './vietnamese/reader.ts';
import { openVocabulary } from './vietnamese/vocabulary.ts';

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
/** How much the rest of a text counts against the whole. */
const REST_WEIGHT = 0.7;
const MAX_TOPICS = 10;
/** A longer text is read to this many characters: enough for any question, and bounded work. */
const LONGEST_READ = 2000;

/** Makes a compiled matcher ready to answer: tens of milliseconds, no training. */
export function openMatcher(compiled: CompiledMatcher): Matcher {
  const space = openFeatureSpace(compiled.features);
  const vocabulary = openVocabulary(compiled.vocabulary);
  const parts: Parts = {
    compiled,
    topicRanker: openRanker(compiled.topicRanker),
    facetRanker: openRanker(compiled.facetRanker),
    read: text => readText(text, compiled.lexicon, vocabulary),
    featuresOf: reading => space.featuresOf(toReadings(reading)),
  };
  return {
    match: text => matchText(text.slice(0, LONGEST_READ), parts).match,
    explain: text => {
      const read = text.slice(0, LONGEST_READ);
      return explainMatch(read, matchText(read, parts), { ...parts, space });
    },
  };
}

export type Parts = {
  compiled: CompiledMatcher;
  topicRanker: Ranker;
  facetRanker: Ranker;
  read: (text: string) => Reading;
  featuresOf: (reading: Reading) => TextFeatures;
};

function matchText(text: string, parts: Parts): { match: Match; rules: MatchRule[] } {
  const whole = understand(text, parts);
  const rest = withoutAsides(text);
  const segments = splitSegments(rest ?? text);
  const spoken = segments.length > 1 ? segments.map(segment => understand(segment, parts)) : [];
  const asked = withoutChatter(whole, spoken, parts);
  const meant = discountAsides(rest, asked, parts);
  const focus = namedByCode(text, meant, parts);
  const pair = twoTopics(focus, spoken, parts);
  const match: Match = {
    hasWords: /\p{L}/u.test(text) || focus !== meant,
    topics: focus.topics.slice(0, MAX_TOPICS),
    facets: askedFacets(whole, spoken),
    pair,
    facetOnly: focus.isTopicless,
  };
  const fired: Record<MatchRule, boolean> = {
    'national-code': focus !== meant,
    'greeting-aside': asked !== whole,
    'aside-discounted': meant !== asked,
    'two-topics': pair !== null,
    'facet-only': focus.isTopicless,
  };
  return { match, rules: (Object.keys(fired) as MatchRule[]).filter(rule => fired[rule]) };
}

/** A question or a part of one, as both rankers see it. */
type Spoken = { topics: RankedTopic[]; isTopicless: boolean; facet: Facet | null };

function understand(text: string, parts: Parts): Spoken {
  const features = parts.featuresOf(parts.read(text));
  const ranking = parts.topicRanker.rank(features);
  return {
    topics: toTopics(ranking, parts.compiled.calibration),
    isTopicless: isTopicless(ranking),
    facet: topFacet(features, parts.facetRanker),
  };
}

function toTopics(ranking: Ranking, calibration: Calibration): RankedTopic[] {
  const isForeign = ranking.unknownWeight === 1 && !ranking.lookalikes.some(({ cosine }) => cosine > 0);
  if (isForeign) return [];
  return confidenceOf(ranking, calibration).labels.map(({ candidate: { label, score }, confidence }) => ({
    topicId: label,
    score,
    confidence,
  }));
}

function isTopicless({ background }: Ranking): boolean {
  if (!background || background.coverage < NO_TOPIC_COVERAGE) return false;
  return background.lead >= NO_TOPIC_LEAD && background.cosine >= NO_TOPIC_COSINE;
}

/**
 * "Căn cước không mất, in sai chữ đệm thôi": what is denied, or told as done, is no reason for a topic. Where
 * the rest of the text speaks for another one, that has the greater say.
 */
function discountAsides(restOfText: string | null, whole: Spoken, parts: Parts): Spoken {
  if (restOfText === null) return whole;
  const rest = understand(restOfText, parts);
  if (rest.isTopicless || rest.topics[0]?.topicId === whole.topics[0]?.topicId) return whole;
  const weighed = new Map<string, RankedTopic>();
  const add = (topics: readonly RankedTopic[], weight: number) => {
    for (const topic of topics) {
      const confidence = (weighed.get(topic.topicId)?.confidence ?? 0) + weight * topic.confidence;
      weighed.set(topic.topicId, { ...topic, confidence });
    }
  };
  add(whole.topics, 1 - REST_WEIGHT);
  add(rest.topics, REST_WEIGHT);
  return { ...whole, topics: [...weighed.values()].sort((a, b) => b.confidence - a.confidence) };
}

const NATIONAL_CODE = /(?<!\d)\d\.\d{6}(?!\d)/g;

/** "Thủ tục 1.001193 cần gì": a national code names its procedure, whatever stands around it. */
function namedByCode(text: string, spoken: Spoken, { compiled: { codes } }: Parts): Spoken {
  const topicId = (text.match(NATIONAL_CODE) ?? []).map(code => codes.get(code)).find(id => id !== undefined);
  if (!topicId) return spoken;
  const named: RankedTopic = { topicId, score: Number.POSITIVE_INFINITY, confidence: 1 };
  return { ...spoken, topics: [named], isTopicless: false };
}

/** "Chào bạn, cho mình hỏi làm khai sinh": a greeting beside a question is not what the question is about. */
function withoutChatter(whole: Spoken, spoken: Spoken[], { compiled: { chatter } }: Parts): Spoken {
  if (!chatter.has(whole.topics[0]?.topicId ?? '')) return whole;
  const question = spoken.find(({ topics: [top] }) => top && isSure(top) && !chatter.has(top.topicId));
  return question ?? whole;
}

/** Two different topics, each sure by itself and named by the whole question too; in the order of the text. */
function twoTopics(whole: Spoken, spoken: Spoken[], { compiled: { chatter } }: Parts): Match['pair'] {
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

function topFacet(features: TextFeatures, ranker: Ranker): Facet | null {
  const [top] = ranker.rank(features).candidates;
  return top && top.margin >= FACET_MARGIN && isFacet(top.label) ? top.label : null;
}

import { type Session, TOPIC_MEMORY_MINUTES } from '../domain/conversation.ts';
import type { Facet } from '../domain/facet.ts';
import type { PublishedTopic } from '../domain/knowledge.ts';
import type { Article, ArticleGroup, Topic } from '../domain/topic.ts';
import type { Match, RankedTopic } from '../matcher/match.ts';
import type { Lookup } from './places/lookup.ts';

/** What is to be answered: a topic, for a procedure its facets (none = the overview), and the places named. */
export type Intent = { topicId: string; facets: Facet[]; lookup?: Lookup };

/** What becomes of a question. */
export type Outcome =
  | { kind: 'answered'; intents: Intent[]; confidence: number }
  | {
      kind: 'clarification';
      candidates: RankedTopic[];
      facets: Facet[];
      confidence: number;
      /** Not a topic is asked for, but a unit. */
      lookup?: Lookup & { article: Article };
    }
  | {
      kind: 'fallback';
      reason: FallbackReason;
      nearest: RankedTopic[];
      confidence: number;
      articleId?: string;
    }
  | { kind: 'handover'; confidence: number };

/**
 * `off-topic`: nothing that this desk does, as the outcome's article says; `no-words`: nothing to read (emoji,
 * digits); `unknown-tap`: a tap on something that is no longer there.
 */
export type FallbackReason = 'not-understood' | 'off-topic' | 'rejected' | 'no-words' | 'unknown-tap';

/**
 * What each course costs a citizen, in units of being asked back. A wrong answer may send them off with the wrong
 * papers; a fallback leaves them with the phone; being asked beside the point is a little worse than being asked well.
 * The course of the least expected cost is taken, so that no threshold needs tuning when knowledge grows.
 */
const COSTS = { wrongAnswer: 3.5, askedBack: 1, askedBesideThePoint: 1.5, leftAlone: 2.5 } as const;
/** An emergency number given needlessly costs less than a wrong answer: the citizen sees at once that it is none. */
const NEEDLESS_ALARM = 2.5;
/** Somebody in danger who is asked back loses time, and one who is left alone more than that. */
const DELAYED_ALARM = 1;
const MISSED_ALARM = 5;
/** From here on a procedure may be what words of danger are about. */
const RIVAL_CONFIDENCE = 0.1;

const MAX_CHOICES = 5;
/** A less likely topic is no help as a choice. */
const MIN_CHOICE_CONFIDENCE = 0.04;
const MIN_ALARM_CONFIDENCE = 0.2;
const MIN_NEAREST_CONFIDENCE = 0.1;
const MAX_NEAREST = 3;

export type Topics = ReadonlyMap<string, PublishedTopic>;

export type DecideInput = {
  match: Match;
  session: Session;
  topics: Topics;
  now: Date;
};

/** From what was matched to what is done. Pure. */
export function decide({ match, session, topics, now }: DecideInput): Outcome {
  const { facets } = match;
  const [top] = match.topics;
  if (!match.hasWords) return { kind: 'fallback', reason: 'no-words', nearest: [], confidence: 0 };
  const remembered = rememberedTopic(session, topics, now);
  const facetArticle = articleOfFacet(match, topics);
  const isAspectAlone =
    match.facetOnly && (remembered !== null || facets.some(facet => facet !== 'overview'));
  if (isAspectAlone) return facetOnly(match, remembered ?? facetArticle);
  if (facetArticle && remembered) return facetOnly(match, remembered);
  if (match.pair && isOrdinaryPair(match.pair, topics)) return answerPair(match.pair, facets);

  const choices = likely(match.topics, topics);
  const course = cheapestCourse(match.topics, topics);
  const confidence = top?.confidence ?? 0;
  if (course === 'answer' && top) return answer(top, facets, topics);
  const isOffTopic = top !== undefined && outcomeOf(topics, top.topicId) === 'fallback';
  if (course === 'ask' && choices.length > 0 && !isOffTopic)
    return { kind: 'clarification', candidates: choices, facets, confidence };
  return { kind: 'fallback', reason: 'not-understood', nearest: nearestOf(choices, topics), confidence };
}

/** The topic that the session still speaks of and that is still live, or null. */
export function rememberedTopic(session: Session, topics: Topics, now: Date): string | null {
  if (!session.topicId || !session.topicAt || !topics.has(session.topicId)) return null;
  const age = now.getTime() - Date.parse(session.topicAt);
  return age <= TOPIC_MEMORY_MINUTES * 60_000 ? session.topicId : null;
}

/** The article that speaks for the asked facet where no procedure is named: how to look up a dossier, to submit online. */
function articleOfFacet({ facets, topics: [top] }: Match, topics: Topics): string | null {
  const article = top && topics.get(top.topicId)?.topic;
  const answered = article?.kind === 'article' ? article.answersFacet : undefined;
  return top && answered && facets.includes(answered) ? top.topicId : null;
}

/** "vậy lệ phí bao nhiêu?": the topic is the one spoken of, or has to be asked for. */
function facetOnly({ topics, facets }: Match, remembered: string | null): Outcome {
  if (remembered) return { kind: 'answered', intents: [{ topicId: remembered, facets }], confidence: 1 };
  return { kind: 'clarification', candidates: [], facets, confidence: topics[0]?.confidence ?? 0 };
}

/** A wish for a person, or an alarm, is never one half of an answer. */
function isOrdinaryPair(pair: [RankedTopic, RankedTopic], topics: Topics): boolean {
  return pair.every(({ topicId }) => {
    const topic = topics.get(topicId)?.topic;
    return (
      topic?.kind === 'procedure' || (topic !== undefined && topic.group !== 'emergency' && !topic.outcome)
    );
  });
}

function answerPair(pair: [RankedTopic, RankedTopic], facets: Facet[]): Outcome {
  const intents = pair.map(({ topicId }) => ({ topicId, facets }));
  return { kind: 'answered', intents, confidence: Math.min(pair[0].confidence, pair[1].confidence) };
}

function answer({ topicId, confidence }: RankedTopic, facets: Facet[], topics: Topics): Outcome {
  const outcome = outcomeOf(topics, topicId);
  if (outcome === 'handover') return { kind: 'handover', confidence };
  if (outcome === 'fallback')
    return { kind: 'fallback', reason: 'off-topic', nearest: [], confidence: 0, articleId: topicId };
  return { kind: 'answered', intents: [{ topicId, facets }], confidence };
}

/** What an article makes of its question instead of an answer. */
function outcomeOf(topics: Topics, topicId: string): 'handover' | 'fallback' | undefined {
  const topic = topics.get(topicId)?.topic;
  return topic?.kind === 'article' ? topic.outcome : undefined;
}

/** After a fallback only what is not far-fetched is offered: no alarm, and nobody to report to. */
function nearestOf(choices: readonly RankedTopic[], topics: Topics): RankedTopic[] {
  return choices
    .filter(({ confidence }) => confidence >= MIN_NEAREST_CONFIDENCE)
    .filter(
      ({ topicId }) => !isArticleOf(topics, topicId, 'emergency') && !isArticleOf(topics, topicId, 'report'),
    )
    .slice(0, MAX_NEAREST);
}

/** Small talk is no help as a choice, and an alarm only where it is likely. */
function likely(ranked: readonly RankedTopic[], topics: Topics): RankedTopic[] {
  return ranked
    .filter(({ confidence }) => confidence >= MIN_CHOICE_CONFIDENCE)
    .filter(({ topicId }) => !isArticleOf(topics, topicId, 'smalltalk'))
    .filter(
      topic => topic.confidence >= MIN_ALARM_CONFIDENCE || !isArticleOf(topics, topic.topicId, 'emergency'),
    )
    .slice(0, MAX_CHOICES);
}

function isArticleOf(topics: Topics, topicId: string, group: ArticleGroup): boolean {
  const topic = topics.get(topicId)?.topic;
  return topic?.kind === 'article' && topic.group === group;
}

/** How confident the first topic would have to be for the question to be answered with it, the others as they are. */
export function confidenceToAnswer(ranked: readonly RankedTopic[], topics: Topics): number {
  const [top, ...others] = ranked;
  if (!top) return 1;
  for (let percent = 0; percent < 100; percent += 1) {
    const raised = { ...top, confidence: percent / 100 };
    const left = 1 - raised.confidence;
    const sum = others.reduce((total, { confidence }) => total + confidence, 0);
    const scale = sum > left ? left / sum : 1;
    const rest = others.map(other => ({ ...other, confidence: other.confidence * scale }));
    if (cheapestCourse([raised, ...rest], topics) === 'answer') return raised.confidence;
  }
  return 1;
}

function cheapestCourse(ranked: readonly RankedTopic[], topics: Topics): 'answer' | 'ask' | 'leave' {
  const alarm = alarmConfidence(ranked, topics);
  const right = alarm ?? ranked[0]?.confidence ?? 0;
  const among = ranked.slice(0, MAX_CHOICES).reduce((sum, { confidence }) => sum + confidence, 0);
  const answering = (1 - right) * (alarm === null ? COSTS.wrongAnswer : NEEDLESS_ALARM);
  const danger = alarm ?? 0;
  const asking = among * COSTS.askedBack + (1 - among) * COSTS.askedBesideThePoint + danger * DELAYED_ALARM;
  const leaving = among * COSTS.leftAlone + danger * MISSED_ALARM;
  if (answering <= asking && answering <= leaving) return 'answer';
  return asking <= leaving ? 'ask' : 'leave';
}

/**
 * How sure it is that somebody is in danger; null where the question may be about a procedure instead ("khai tử cho
 * người mất do tai nạn"). The emergency articles name one another's numbers, so that any of them is right.
 */
function alarmConfidence(ranked: readonly RankedTopic[], topics: Topics): number | null {
  const isEmergency = ({ topicId }: RankedTopic) => isArticleOf(topics, topicId, 'emergency');
  const [top] = ranked;
  if (!top || !isEmergency(top)) return null;
  const rival = ranked.find(({ topicId }) => isCurated(topics.get(topicId)?.topic));
  if (rival && rival.confidence >= RIVAL_CONFIDENCE) return null;
  return ranked.filter(isEmergency).reduce((sum, { confidence }) => sum + confidence, 0);
}

/** An imported procedure that happens to have words of danger does not silence an alarm. */
function isCurated(topic: Topic | undefined): boolean {
  return topic?.kind === 'procedure' && topic.origin !== 'catalogue';
}

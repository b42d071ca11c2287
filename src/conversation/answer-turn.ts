import type { IncomingMessage, OutgoingReply } from '../channels/channel.ts';
import type { Centre } from '../domain/centre.ts';
import type {
  PendingQuestion,
  Session,
  Turn,
  UnansweredQuestion,
  UnansweredReason,
} from '../domain/conversation.ts';
import { maskPersonalData } from '../domain/personal-data.ts';
import { AppError } from '../errors.ts';
import type { LiveKnowledge } from '../knowledge/live-knowledge.ts';
import type { Match } from '../matcher/match.ts';
import type { ConversationStore } from '../stores/store.ts';
import { type Composed, composeReply } from './compose-reply.ts';
import type { Outcome } from './decide.ts';
import { interpretTap } from './interpret-tap.ts';
import { decideWithPlaces, readPlaceQuestion, textToMatch } from './places/decide-lookup.ts';
import { type Gazetteer, gazetteerOf } from './places/gazetteer.ts';

export type ConversationDeps = {
  conversations: ConversationStore;
  /** The knowledge that is live now; a turn asks once and keeps to it. */
  knowledge: () => LiveKnowledge;
  centre: Centre;
  now: () => Date;
  randomId: () => string;
};

/**
 * One citizen turn, from message to reply.
 * @throws AppError `session-not-found` when the conversation was never opened or is forgotten.
 */
export function createAnswerTurn(
  deps: ConversationDeps,
): (message: IncomingMessage) => Promise<OutgoingReply> {
  const gazetteer = gazetteerOf(deps.centre);
  return async message => {
    const session = await loadSession(deps, message.conversationId);
    const repeated = await deps.conversations.findTurnByMessage(session.id, message.messageId);
    if (repeated) return outgoing(repeated);

    const knowledge = deps.knowledge();
    const understood = understand(message, session, { knowledge, gazetteer, now: deps.now() });
    const composed = composeReply(understood.outcome, {
      topics: knowledge.topics,
      centre: deps.centre,
      now: deps.now(),
    });
    const turn = recordTurn(deps, { message, knowledge, understood, composed });
    await deps.conversations.commitTurn({
      turn,
      session: continueSession(session, turn, understood),
      unanswered: unansweredOf(deps, turn, session, understood),
    });
    return outgoing(turn);
  };
}

async function loadSession({ conversations }: ConversationDeps, id: string): Promise<Session> {
  const session = await conversations.loadSession(id);
  if (!session) throw new AppError('session-not-found', `No session ${id}: open one first`);
  return session;
}

type Understood = { outcome: Outcome; match: Match | null; micros: number };

type Means = { knowledge: LiveKnowledge; gazetteer: Gazetteer | null; now: Date };

/** A tap says what is meant; a text is read for places, matched and decided upon. */
function understand(message: IncomingMessage, session: Session, means: Means): Understood {
  const started = performance.now();
  const tap = interpretTap(message, session, means.knowledge.topics, means.gazetteer);
  const understood = tap ? { outcome: tap, match: null } : understandText(message.text, session, means);
  return { ...understood, micros: Math.round((performance.now() - started) * 1000) };
}

function understandText(text: string, session: Session, { knowledge, gazetteer, now }: Means) {
  const { matcher, topics } = knowledge;
  const question = gazetteer && readPlaceQuestion(text, session.pending, gazetteer);
  const match = withPendingFacets(matcher.match(textToMatch(text, question)), session.pending);
  return { outcome: decideWithPlaces(question, { match, session, topics, now }), match };
}

/** "Lệ phí bao nhiêu?" – "Của thủ tục nào?" – "khai sinh": the facet of the first question still stands. */
function withPendingFacets(match: Match, pending: PendingQuestion | null): Match {
  const isAnswerToUs = pending !== null && pending.choices.length === 0 && !match.facetOnly;
  const asksNoFacet = match.facets.every(facet => facet === 'overview');
  return isAnswerToUs && asksNoFacet ? { ...match, facets: pending.facets } : match;
}

type Made = {
  message: IncomingMessage;
  knowledge: LiveKnowledge;
  understood: Understood;
  composed: Composed;
};

function recordTurn(
  { randomId, now }: ConversationDeps,
  { message, knowledge, understood, composed }: Made,
): Turn {
  const { topics } = knowledge;
  const { reply, missingFacets } = composed;
  const intents = understood.outcome.kind === 'answered' ? understood.outcome.intents : [];
  return {
    id: randomId(),
    sessionId: message.conversationId,
    channel: message.channel,
    personId: message.personId,
    messageId: message.messageId,
    at: now().toISOString(),
    question: maskPersonalData(message.text),
    choiceId: isKnownTap(understood.outcome) ? message.choiceId : null,
    reply,
    answered: intents.flatMap(({ topicId, facets }) => {
      const revision = topics.get(topicId)?.revision ?? 0;
      return (facets.length > 0 ? facets : [null]).map(facet => ({ topicId, facet, revision }));
    }),
    missingFacets,
    smalltalk: reply.topics.length > 0 && reply.topics.every(topic => topic.group === 'smalltalk'),
    knowledgeVersion: knowledge.version,
    micros: understood.micros,
  };
}

/** What was tapped is kept only where it named something: anything else is a stranger's text. */
function isKnownTap(outcome: Outcome): boolean {
  return outcome.kind !== 'fallback' || outcome.reason !== 'unknown-tap';
}

function continueSession(session: Session, turn: Turn, { outcome }: Understood): Session {
  const procedure = turn.reply.topics.find(topic => topic.kind === 'procedure');
  return {
    ...session,
    lastTurnAt: turn.at,
    topicId: procedure?.id ?? session.topicId,
    topicAt: procedure ? turn.at : session.topicAt,
    pending: pendingOf(turn, outcome),
  };
}

/** Choices stay open for the next turn: those of a clarification, and the nearest ones of a fallback. */
function pendingOf(turn: Turn, outcome: Outcome): PendingQuestion | null {
  const { choices } = turn.reply;
  if (outcome.kind === 'clarification') return { question: turn.question, choices, facets: outcome.facets };
  return choices.length > 0 ? { question: turn.question, choices, facets: [] } : null;
}

function unansweredOf(
  { randomId }: ConversationDeps,
  turn: Turn,
  session: Session,
  { outcome, match }: Understood,
): UnansweredQuestion | null {
  const reason = whyUnanswered(outcome, turn);
  // What could not be answered may have been asked the turn before.
  const text =
    reason === 'rejected' || turn.question === ''
      ? (session.pending?.question ?? turn.question)
      : turn.question;
  if (!reason || text === '') return null;
  const nearest = (match?.topics ?? [])
    .slice(0, 3)
    .map(({ topicId, confidence }) => ({ topicId, confidence }));
  const { id: turnId, sessionId, channel, at } = turn;
  return { id: randomId(), turnId, sessionId, channel, at, text, reason, nearest };
}

function whyUnanswered(outcome: Outcome, turn: Turn): UnansweredReason | null {
  switch (outcome.kind) {
    case 'answered':
      return turn.missingFacets.length > 0 ? 'missing-facet' : null;
    case 'clarification':
      return null;
    case 'fallback':
      if (outcome.reason === 'rejected') return 'rejected';
      return outcome.reason === 'not-understood' || outcome.reason === 'off-topic' ? 'fallback' : null;
    case 'handover':
      return 'handover';
    default:
      return outcome satisfies never;
  }
}

function outgoing(turn: Turn): OutgoingReply {
  return { ...turn.reply, turnId: turn.id, micros: turn.micros };
}

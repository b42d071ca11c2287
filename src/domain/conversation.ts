import type { Facet } from './facet.ts';
import type { TopicRef } from './topic.ts';

const CHANNELS = ['web', 'messenger', 'zalo', 'cli'] as const;
export type ChannelName = (typeof CHANNELS)[number];

export const OUTCOMES = ['answered', 'clarification', 'fallback', 'handover'] as const;
export type OutcomeKind = (typeof OUTCOMES)[number];

/** A tap: `id` is a topic id, an intent such as `1.001193/fee`, or one of `ACTIONS`. */
export type Choice = TopicRef;
export type Suggestion = { id: string; name: string };
export type Link = { title: string; url: string };

/** Taps that are no topic. */
export const ACTIONS = { none: 'none-of-these', person: 'talk-to-person' } as const;

/** The way to a person, offered wherever the assistant may not be enough. */
export const TALK_TO_PERSON: Suggestion = { id: ACTIONS.person, name: 'Gặp cán bộ' };

/** What a channel sends. `text` is Markdown. */
export type Reply = {
  outcome: OutcomeKind;
  /** Calibrated probability 0–1 that the top topic is right; 1 after a tap. */
  confidence: number;
  /** The topic answered first; null where none was. */
  topic: TopicRef | null;
  facet: Facet | null;
  /** Every facet answered, in the order asked. */
  facets: Facet[];
  /** The topics answered in this reply, at most two. */
  topics: TopicRef[];
  /** Topics to choose from, at most five; in a clarification or a fallback. */
  choices: Choice[];
  /** Follow-up taps: other facets of the topic, or ways on. */
  suggestions: Suggestion[];
  links: Link[];
  text: string;
};

export type PendingQuestion = { question: string; choices: Choice[]; facets: Facet[] };

/** One citizen's conversation on one channel. */
export type Session = {
  id: string;
  channel: ChannelName;
  /** The person on that channel (page-scoped id on Messenger); the session id on the web. */
  personId: string;
  startedAt: string;
  lastTurnAt: string;
  /** The topic that a facet-only question is about, and when it was last spoken of. */
  topicId: string | null;
  topicAt: string | null;
  /** A question that was asked back: the next turn may be its choice, and then answers its facets. */
  pending: PendingQuestion | null;
  /** Where a person of the centre has taken over: when they, and the citizen, last wrote. */
  hold?: { lastStaffAt: string; lastCitizenAt: string | null };
};

/** One question with its reply. Texts are masked before a turn is made. */
export type Turn = {
  id: string;
  sessionId: string;
  channel: ChannelName;
  personId: string;
  /** The channel's own id of the message; a repeat gets the same reply. */
  messageId: string;
  at: string;
  question: string;
  choiceId: string | null;
  reply: Reply;
  answered: { topicId: string; facet: Facet | null; revision: number }[];
  missingFacets: Facet[];
  /** Small talk counts outside the answered share. */
  smalltalk: boolean;
  knowledgeVersion: string;
  micros: number;
};

export type Feedback = { helpful: boolean; at: string };

const UNANSWERED_REASONS = ['fallback', 'rejected', 'unhelpful', 'missing-facet', 'handover'] as const;
export type UnansweredReason = (typeof UNANSWERED_REASONS)[number];

/** A turn that did not help; `text` is masked. */
export type UnansweredQuestion = {
  id: string;
  turnId: string;
  sessionId: string;
  channel: ChannelName;
  at: string;
  text: string;
  reason: UnansweredReason;
  nearest: { topicId: string; confidence: number }[];
};

/** A session's memory of its topic lasts this long. */
export const TOPIC_MEMORY_MINUTES = 30;

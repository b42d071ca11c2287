import type { Reply, Suggestion } from '../../domain/conversation.ts';
import type { ErrorCode } from '../../errors.ts';

/** The bodies of the web API, `/api/v1`. Server and browser both import them; they stay in this channel. */

/** How to reach people at the centre, in a form that can be shown as it is. */
export type WireCentre = {
  name: string;
  phone: string;
  /** Opening hours in words, e.g. "Thứ Hai – Thứ Sáu: 07:30–11:30, 13:30–17:00". */
  hours: string;
};

/** `POST /sessions` → 201. */
export type WireSession = {
  sessionId: string;
  /** Markdown; says that this is an automatic assistant. */
  greeting: string;
  /** Taps to begin with. */
  suggestions: Suggestion[];
  centre: WireCentre;
};

/**
 * `POST /sessions/{id}/messages`: what the citizen typed, or the `id` of the choice or suggestion tapped.
 * A repeat of a `messageId` gets the reply that the first one got.
 */
export type WireMessage = { text?: string; choiceId?: string; messageId?: string };

/**
 * The answer to a message: the fields of `ask`, and what a browser needs beside them. `choices` are numbered for the
 * citizen in their order, from 1.
 */
export type WireReply = Omit<Reply, 'text'> & {
  turnId: string;
  /** Markdown. */
  reply: string;
  /** What matching took on the server, in microseconds. */
  micros: number;
};

/** `POST /turns/{turnId}/feedback` → 204; the last one counts. */
export type WireFeedback = { helpful: boolean };

/** `GET /suggest?q=`: topics whose name comes near; empty for fewer than two letters. */
export type WireSuggestions = { suggestions: Suggestion[] };

/** Any failure. `message` is Vietnamese and may be shown; `errorId` finds it in the log. */
export type WireError = { error: { code: ErrorCode; message: string; errorId?: string } };

/** The longest question, in UTF-16 code units as `String.length` counts them. */
export const MAX_QUESTION_LENGTH = 2000;

/** The header that every staff `POST` carries: a foreign site cannot set it (`x-motcua-csrf: 1`). */
export const CSRF_HEADER = 'x-motcua-csrf';

/** The shortest staff password. */
export const MIN_PASSWORD_LENGTH = 12;

/** `GET /staff/me`, and the answer to a sign-in or a set-up. */
export type WireStaff = { id: string; name: string; email: string; role: 'curator' | 'reviewer' | 'admin' };
/** `POST /staff/login` → `WireStaff`. */
export type WireLogin = { email: string; password: string };
/** `POST /staff/setup` → `WireStaff`, signed in; `token` comes from the one-time link. */
export type WireSetup = { token: string; name: string; email: string; password: string };

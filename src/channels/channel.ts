import type { ChannelName, Reply } from '../domain/conversation.ts';

/** A citizen's message, parsed and verified by its channel. */
export type IncomingMessage = {
  channel: ChannelName;
  /** One turn at a time runs per conversation. The session's id. */
  conversationId: string;
  personId: string;
  messageId: string;
  /** What the citizen typed; empty when they tapped. */
  text: string;
  /** The tap, if it was one. */
  choiceId: string | null;
  receivedAt: Date;
};

/** A reply on its way out, with the turn that it belongs to. */
export type OutgoingReply = Reply & {
  turnId: string;
  /** What matching took, in microseconds. */
  micros: number;
};

/** The channel port: how a reply reaches the citizen. */
export interface Channel {
  readonly name: ChannelName;
  /** Renders within the channel's limits and sends. `incoming` is the message that is answered. */
  send(incoming: IncomingMessage, reply: OutgoingReply): Promise<void>;
}

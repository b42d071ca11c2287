import type { ChannelName } from '../domain/conversation.ts';
import { AppError } from '../errors.ts';
import type { TurnEngine } from './botkit.ts';
import type { Channel, IncomingMessage, OutgoingReply } from './channel.ts';

export type AskingChannel = {
  /**
   * The reply to one message, for whoever waits for it.
   * @throws AppError `rate-limited` | `session-not-found`
   */
  ask(incoming: IncomingMessage): Promise<OutgoingReply>;
};

/** A channel whose replies are sent by whoever asked: `send` lays a reply down, `ask` picks it up. */
export function createAskingChannel(name: ChannelName, engine: Pick<TurnEngine, 'receive'>): AskingChannel {
  const replies = new WeakMap<IncomingMessage, OutgoingReply>();
  const channel: Channel = {
    name,
    async send(incoming, reply) {
      replies.set(incoming, reply);
    },
  };

  async function ask(incoming: IncomingMessage): Promise<OutgoingReply> {
    await engine.receive(channel, incoming);
    const reply = replies.get(incoming);
    if (!reply) throw new AppError('internal', `The turn of message ${incoming.messageId} sent no reply.`);
    return reply;
  }

  return { ask };
}

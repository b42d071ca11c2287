import { AppError } from '../../errors.ts';
import type { TurnEngine } from '../botkit.ts';
import type { Channel, IncomingMessage, OutgoingReply } from '../channel.ts';

export type WebChannel = {
  /**
   * The reply to one message, for the HTTP request that waits for it.
   * @throws AppError `rate-limited` | `session-not-found`
   */
  ask(incoming: IncomingMessage): Promise<OutgoingReply>;
};

/** On the web a reply is the response to the request: `send` lays it down, `ask` picks it up. */
export function createWebChannel(engine: Pick<TurnEngine, 'receive'>): WebChannel {
  const replies = new WeakMap<IncomingMessage, OutgoingReply>();
  const channel: Channel = {
    name: 'web',
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

import { createRequire } from 'node:module';
import type { Botkit, BotkitMessage, BotWorker } from 'botkit';
import type { OutcomeKind, Reply } from '../domain/conversation.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Channel, IncomingMessage, OutgoingReply } from './channel.ts';
import { cleanText } from './clean-text.ts';
import { createTurnQueue } from './turn-queue.ts';

/**
 * The turn engine. Botkit gives it the parts that every channel shares:
 * - one Bot Framework adapter per channel, which turns a message into an activity and a reply into a send;
 * - `receive` middleware: cleans what came in, whatever the channel;
 * - the one `message` handler, which answers;
 * - `send` middleware: every reply passes it, so turns are logged and counted there.
 * Botkit's dialogs and its state are not used: a conversation's memory is our `Session`, saved with the turn.
 *
 * Botkit 4.15 calls its middleware's callbacks without waiting for them: whatever throws inside them ends the
 * process and leaves the turn hanging. So the handler catches everything, and so does each adapter's send.
 */
export type TurnEngine = {
  /** Resolves when Botkit is loaded; until then messages wait. */
  ready(): Promise<void>;
  /**
   * Answers a message through its channel: one at a time per conversation, in order of arrival.
   * Resolves when the reply is sent, or when that failed (which is logged). A turn that breaks sends an apology.
   * @throws AppError with a status below 500 when the message cannot be taken: `rate-limited`, `session-not-found`.
   */
  receive(channel: Channel, message: IncomingMessage): Promise<void>;
  /** Resolves when every turn taken so far is done. */
  drain(): Promise<void>;
};

export type TurnEngineDeps = {
  answerTurn: (message: IncomingMessage) => Promise<OutgoingReply>;
  /** What the citizen is told when the turn broke; the id finds the fault in the log. */
  apology: (errorId: string) => Reply;
  log: Log;
  randomId: () => string;
  /** Told of each reply on its way out. */
  onReply?: (event: ReplyEvent) => void;
  /** How many messages of one conversation may wait behind the one that is being answered. */
  waitingLimit?: number;
};

export type ReplyEvent = { channel: Channel['name']; outcome: OutcomeKind; broken: boolean; seconds: number };

/** Begins to load Botkit at once; messages that come before it is there wait. */
export function createTurnEngine(deps: TurnEngineDeps): TurnEngine {
  const queue = createTurnQueue(deps.waitingLimit ?? 20);
  const loading = loadBotkit().then(botkit => createTurnRunner(botkit, deps));
  // Awaited by every turn; a failure must not count as unhandled before the first one.
  loading.catch(() => {});

  return {
    ready: async () => void (await loading),
    receive: (channel, message) =>
      queue.run(`${channel.name}/${message.conversationId}`, async () => (await loading)(channel, message)),
    drain: queue.drain,
  };
}

/** One turn on its way through Botkit; it travels in the activity's `channelData`. */
type TurnInProgress = {
  channel: Channel;
  incoming: IncomingMessage;
  startedAt: number;
  /** Set when the caller is to blame, not the turn. */
  refusal: AppError | null;
  broken: boolean;
};

function createTurnRunner({ Botkit, core }: LoadedBotkit, deps: TurnEngineDeps) {
  const controller = new Botkit({
    disable_webserver: true,
    disable_console: true,
    adapter: {},
    storage: NO_STORAGE,
  });
  controller.middleware.receive.use(cleanIncoming);
  controller.middleware.send.use((_bot: BotWorker, message: BotkitMessage, next: () => void) => {
    reportReply(deps, message.channelData.turn, message.channelData.reply);
    next();
  });
  controller.on('message', (bot, message) => answerMessage(deps, bot, message));

  const adapters = new WeakMap<Channel, ChannelAdapter>();
  return async (channel: Channel, incoming: IncomingMessage): Promise<void> => {
    const turn = { channel, incoming, startedAt: performance.now(), refusal: null, broken: false };
    const adapter = adapters.get(channel) ?? createAdapter(core, deps.log);
    adapters.set(channel, adapter);
    await adapter.processTurn(turn, context => controller.handleTurn(context));
    if (turn.refusal) throw turn.refusal;
  };
}

/** `receive` middleware: control characters, lone surrogates and decomposed letters go before anybody looks. */
function cleanIncoming(_bot: BotWorker, message: BotkitMessage, next: () => void): void {
  message.text = cleanText(message.text ?? '');
  next();
}

/** The one handler. Nothing leaves it but a promise that resolves. */
async function answerMessage(deps: TurnEngineDeps, bot: BotWorker, message: BotkitMessage): Promise<void> {
  const turn: TurnInProgress = message.turn;
  try {
    const reply = await answerOrApologise(deps, turn, message.text ?? '');
    if (reply) await bot.say({ type: 'message', text: reply.text, channelData: { turn, reply } });
  } catch (err) {
    deps.log.error({ err, channel: turn.channel.name }, 'a reply was lost on its way out');
  }
}

/** Null when the message is refused: that is the caller's to tell. */
async function answerOrApologise(
  deps: TurnEngineDeps,
  turn: TurnInProgress,
  text: string,
): Promise<OutgoingReply | null> {
  try {
    return await deps.answerTurn({ ...turn.incoming, text });
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) return apologise(deps, turn, error);
    turn.refusal = error;
    return null;
  }
}

function apologise(deps: TurnEngineDeps, turn: TurnInProgress, err: unknown): OutgoingReply {
  const errorId = deps.randomId();
  deps.log.error({ err, errorId, channel: turn.channel.name }, 'a turn broke; the citizen got an apology');
  turn.broken = true;
  return { ...deps.apology(errorId), turnId: errorId, micros: microsSince(turn) };
}

function reportReply(deps: TurnEngineDeps, turn: TurnInProgress, reply: OutgoingReply): void {
  const milliseconds = microsSince(turn) / 1000;
  const channel = turn.channel.name;
  const { outcome, turnId } = reply;
  deps.log.info({ turnId, channel, outcome, ms: milliseconds }, 'turn');
  deps.onReply?.({ channel, outcome, broken: turn.broken, seconds: milliseconds / 1000 });
}

function microsSince({ startedAt }: TurnInProgress): number {
  return Math.round((performance.now() - startedAt) * 1000);
}

type TurnContext = Parameters<Botkit['handleTurn']>[0];
type BotAdapter = TurnContext['adapter'];
type Activity = TurnContext['activity'];
type ChannelAdapter = BotAdapter & {
  processTurn(turn: TurnInProgress, logic: (context: TurnContext) => Promise<void>): Promise<void>;
};

/** The parts of the Bot Framework that Botkit does not pass on. */
type BotFramework = {
  BotAdapter: abstract new () => BotAdapter;
  TurnContext: new (adapter: BotAdapter, activity: Partial<Activity>) => TurnContext;
};

function createAdapter(core: BotFramework, log: Log): ChannelAdapter {
  class OwnAdapter extends core.BotAdapter {
    async processTurn(turn: TurnInProgress, logic: (context: TurnContext) => Promise<void>): Promise<void> {
      await this.runMiddleware(new core.TurnContext(this, activityOf(turn)), logic);
    }

    /** Must return one result per activity and must not throw. */
    async sendActivities(_context: TurnContext, activities: Partial<Activity>[]) {
      return Promise.all(
        activities.map(async activity => {
          const { turn, reply } = activity.channelData as { turn: TurnInProgress; reply: OutgoingReply };
          const { turnId } = reply;
          try {
            await turn.channel.send(turn.incoming, reply);
          } catch (err) {
            log.error({ err, turnId, channel: turn.channel.name }, 'a reply could not be sent');
          }
          return { id: turnId };
        }),
      );
    }

    async updateActivity(): Promise<void> {}
    async deleteActivity(): Promise<void> {}
    async continueConversation(): Promise<void> {
      throw new Error('A channel speaks when it is spoken to.');
    }
  }
  return new OwnAdapter();
}

function activityOf(turn: TurnInProgress): Partial<Activity> {
  const { channel, conversationId, personId, messageId, text, receivedAt } = turn.incoming;
  return {
    type: 'message',
    id: messageId,
    channelId: channel,
    conversation: { id: conversationId, isGroup: false, conversationType: 'personal', name: '' },
    from: { id: personId, name: '' },
    recipient: { id: 'motcua', name: '' },
    timestamp: receivedAt,
    text,
    channelData: { turn },
  };
}

/** Botkit's own storage keeps an entry per conversation for ever; nothing of what it would keep is needed. */
const NO_STORAGE = {
  read: async () => ({}),
  write: async () => {},
  delete: async () => {},
};

type LoadedBotkit = { Botkit: typeof Botkit; core: BotFramework };

/** 620 ms and 84 MB: only what answers citizens loads it, and while the rest of the process starts. */
async function loadBotkit(): Promise<LoadedBotkit> {
  const { Botkit } = await import('botkit');
  // The very copy that Botkit uses: it tells contexts apart by `instanceof`.
  const botkitRequire = createRequire(createRequire(import.meta.url).resolve('botkit'));
  return { Botkit, core: botkitRequire('botbuilder-core') as BotFramework };
}

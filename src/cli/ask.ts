import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { cac } from 'cac';
import type { OutgoingReply } from '../channels/channel.ts';
import { type Config, loadConfig } from '../config.ts';
import { type ConversationDeps, createAnswerTurn } from '../conversation/answer-turn.ts';
import { explainQuestion } from '../conversation/explain-question.ts';
import { openSession } from '../conversation/open-session.ts';
import { type Gazetteer, gazetteerOf } from '../conversation/places/gazetteer.ts';
import type { KnowledgeSnapshot } from '../domain/knowledge.ts';
import { type LiveKnowledge, openKnowledge } from '../knowledge/live-knowledge.ts';
import { startKnowledge } from '../knowledge/start-knowledge.ts';
import { readCentre } from '../read-centre.ts';
import { readCurrentSnapshot } from '../stores/lowdb/lowdb-store.ts';
import { createMemoryStore } from '../stores/memory/memory-store.ts';
import type { Store } from '../stores/store.ts';
import { matcherSource } from '../training/obtain-matcher.ts';
import { formatExplanation } from './format-explanation.ts';
import { runCommand } from './run-command.ts';

/**
 * `npm run ask -- "câu hỏi"`: asks the live knowledge from the command line, the same path as a citizen's turn.
 * Takes no lock and writes nothing: the conversation lives in memory.
 */
type Options = { json?: boolean; session?: boolean; explain?: boolean };
type Ask = (question: string) => Promise<OutgoingReply>;

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

await runCommand(async () => {
  const cli = cac('ask');
  cli.usage('[question] [options]   (without a question: one per line from standard input)');
  cli.option('--json', 'Print one JSON line per question');
  cli.option(
    '--explain',
    'Print why: words, phrases and rules that spoke for each topic, and what would have to change',
  );
  cli.option('--session', 'All questions are one conversation (default: each its own)');
  cli.help();
  const { args, options } = cli.parse();
  if (options.help) return;
  await answerAll(args.length > 0 ? [args.join(' ')] : linesOfInput(), options as Options);
});

async function answerAll(
  questions: Iterable<string> | AsyncIterable<string>,
  { json, session, explain }: Options,
): Promise<void> {
  const { live, gazetteer, newConversation } = await prepare(loadConfig(process.env));
  if (explain) return explainAll(questions, { live, gazetteer }, json ?? false);
  let ask = await newConversation();
  for await (const question of questions) {
    if (!session) ask = await newConversation();
    const reply = await ask(question);
    console.log(json ? JSON.stringify(toLine(question, reply)) : forPeople(reply));
  }
}

/** Opened only when it is read: lines that come before would be lost. */
async function* linesOfInput(): AsyncGenerator<string> {
  yield* createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
}

async function explainAll(
  questions: Iterable<string> | AsyncIterable<string>,
  { live, gazetteer }: Pick<Prepared, 'live' | 'gazetteer'>,
  json: boolean,
): Promise<void> {
  for await (const question of questions) {
    const explained = explainQuestion(question, live, new Date(), gazetteer);
    console.log(json ? JSON.stringify({ question, ...explained }) : formatExplanation(question, explained));
  }
}

type Prepared = { live: LiveKnowledge; gazetteer: Gazetteer | null; newConversation: () => Promise<Ask> };

async function prepare(config: Config): Promise<Prepared> {
  const centre = await readCentre(config.centreFile);
  const store = createMemoryStore();
  const snapshot = (await readCurrentSnapshot(config.dataDir)) ?? (await releaseSnapshot(config, store));
  const obtainMatcher = matcherSource({ directory: config.dataDir, log: SILENT, save: false });
  const live = openKnowledge(snapshot, await obtainMatcher(snapshot));
  const deps: ConversationDeps = {
    conversations: store.conversations,
    knowledge: () => live,
    centre,
    now: () => new Date(),
    randomId: randomUUID,
  };
  return { live, gazetteer: gazetteerOf(centre), newConversation: () => startConversation(deps) };
}

/** What a first start would publish from `intents/`. */
function releaseSnapshot({ intentsDir }: Config, { knowledge }: Store): Promise<KnowledgeSnapshot> {
  return startKnowledge({ knowledge, intentsDir, now: new Date(), log: SILENT });
}

async function startConversation(deps: ConversationDeps): Promise<Ask> {
  const answerTurn = createAnswerTurn(deps);
  const { session } = await openSession(deps, { channel: 'cli', personId: 'cli', sessionId: randomUUID() });
  return text =>
    answerTurn({
      channel: 'cli',
      conversationId: session.id,
      personId: session.personId,
      messageId: randomUUID(),
      text,
      choiceId: null,
      receivedAt: new Date(),
    });
}

/** The fixed fields of a line, in their order; links, suggestions and the turn's id are for channels. */
function toLine(question: string, reply: OutgoingReply) {
  const { outcome, confidence, topic, facet, facets, topics, choices, text, micros } = reply;
  const short = choices.map(({ group: _group, ...choice }) => choice);
  return { question, outcome, confidence, topic, facet, facets, topics, choices: short, reply: text, micros };
}

function forPeople({
  text,
  choices,
  suggestions,
  links,
  outcome,
  confidence,
  micros,
}: OutgoingReply): string {
  return [
    text,
    ...choices.map((choice, i) => `  ${i + 1}. ${choice.label} – ${choice.name}`),
    ...links.map(link => `  ${link.title}: ${link.url}`),
    suggestions.length > 0 ? `  [${suggestions.map(({ name }) => name).join('] [')}]` : '',
    `(${outcome}, ${Math.round(confidence * 100)} %, ${micros} µs)`,
    '',
  ]
    .filter((line, i, all) => line !== '' || i === all.length - 1)
    .join('\n');
}

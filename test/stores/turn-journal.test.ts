import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { journalConversations } from '../../src/stores/lowdb/journal-conversations.ts';
import { TurnJournal } from '../../src/stores/lowdb/turn-journal.ts';
import { anUnanswered, aSession, aTurn, minutesAfter, noon } from '../contracts/store-samples.ts';
import { dataDirectory, filesIn } from './data-directory.ts';

describe('the turn journal', () => {
  let folder: string;
  let now: Date;
  let warnings: { message: string; details: Record<string, unknown> }[];

  let opened: TurnJournal[];

  async function openJournal(): Promise<TurnJournal> {
    const journal = await TurnJournal.open(folder, {
      now: () => now,
      warn: (message, details) => warnings.push({ message, details }),
      retentionDays: 30,
      refuseIfLost: () => {},
    });
    opened.push(journal);
    return journal;
  }
  const open = async () => journalConversations(await openJournal(), () => now);
  const commitOf = (id: string) => ({ turn: aTurn({ id }), session: aSession(), unanswered: null });
  const today = () => path.join(folder, '2026-11-21.jsonl');

  beforeEach(async () => {
    folder = path.join(await dataDirectory(), 'turns');
    await mkdir(folder);
    now = noon;
    warnings = [];
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map(journal => journal.close()));
  });

  test('has a file for each day in Vietnam', async () => {
    const conversations = await open();
    await conversations.commitTurn(commitOf('t-trua'));
    now = new Date('2026-11-21T16:59:59.000Z'); // 23:59:59 in Vietnam
    await conversations.commitTurn(commitOf('t-khuya'));
    now = new Date('2026-11-21T17:00:00.000Z'); // midnight
    await conversations.commitTurn(commitOf('t-hom-sau'));
    expect(await filesIn(folder)).toEqual(['2026-11-21.jsonl', '2026-11-22.jsonl']);
    for (const id of ['t-trua', 't-khuya', 't-hom-sau'])
      expect((await conversations.findTurn(id))?.id).toBe(id);
  });

  test('only appends: what was written stays as it is', async () => {
    const conversations = await open();
    await conversations.commitTurn(commitOf('t-1'));
    const before = await readFile(today(), 'utf8');
    await conversations.commitTurn(commitOf('t-2'));
    await conversations.recordFeedback('t-1', { helpful: true, at: minutesAfter(2) }, null);
    const after = await readFile(today(), 'utf8');
    expect(after.startsWith(before)).toBe(true);
    expect(after.trimEnd().split('\n')).toHaveLength(3);
  });

  test.each([
    ['in the middle', '{"kind":"turn","failed":false,"id":"t-2","turn":{"ques'],
    ['before its newline', JSON.stringify({ kind: 'session', session: aSession({ id: 's-2' }) })],
  ])('removes a last line that a kill cut short %s', async (_where, torn) => {
    await (await open()).commitTurn(commitOf('t-1'));
    const whole = await readFile(today(), 'utf8');
    await appendFile(today(), torn);

    const conversations = await open();
    expect(await readFile(today(), 'utf8')).toBe(whole);
    expect(warnings).toMatchObject([{ details: { file: today(), bytes: torn.length } }]);
    await conversations.commitTurn(commitOf('t-3'));
    expect((await (await open()).findTurn('t-3'))?.id).toBe('t-3');
  });

  test('passes over a damaged line in the middle, says so without its words, and goes on', async () => {
    const conversations = await open();
    for (const id of ['t-1', 't-2', 't-3']) await conversations.commitTurn(commitOf(id));
    const lines = (await readFile(today(), 'utf8')).split('\n');
    lines[1] = lines[1]!.slice(0, 60);
    await writeFile(today(), lines.join('\n'));

    const reopened = await open();
    expect(warnings).toEqual([
      { message: expect.stringContaining('damaged'), details: { file: today(), lines: 1 } },
    ]);
    expect(await reopened.findTurn('t-2')).toBeNull();
    for (const id of ['t-1', 't-3']) expect((await reopened.findTurn(id))?.id).toBe(id);
  });

  test('reads lines that are longer than a piece of the file', async () => {
    const long = aTurn({ id: 't-dai', question: 'nhà đất '.repeat(200_000) });
    const conversations = await open();
    await conversations.commitTurn({ ...commitOf('t-dai'), turn: long });
    await conversations.commitTurn(commitOf('t-sau'));
    const reopened = await open();
    expect(await reopened.findTurn('t-dai')).toEqual(long);
    expect((await reopened.findTurn('t-sau'))?.id).toBe('t-sau');
  });

  test('leaves days beyond retention alone', async () => {
    const conversations = await open();
    const turn = aTurn();
    await conversations.commitTurn({ turn, session: aSession(), unanswered: anUnanswered(turn) });
    now = new Date(minutesAfter(31 * 24 * 60));
    const reopened = await open();
    expect(await reopened.listUnanswered()).toEqual([]);
    expect(await reopened.findTurn('t-1')).toBeNull();
    expect(await filesIn(folder)).toEqual(['2026-11-21.jsonl']);
  });

  test('acknowledges nothing that the disk refused, and saves again when it is well', async () => {
    const conversations = await open();
    await conversations.commitTurn(commitOf('t-1'));
    now = new Date(minutesAfter(24 * 60));
    const tomorrow = path.join(folder, '2026-11-22.jsonl');
    await mkdir(tomorrow); // a folder where the file should be: writing fails
    await expect(conversations.commitTurn(commitOf('t-2'))).rejects.toThrow();
    expect(await conversations.findTurn('t-2')).toBeNull();

    await rm(tomorrow, { recursive: true });
    await conversations.commitTurn(commitOf('t-2'));
    expect((await conversations.findTurn('t-2'))?.id).toBe('t-2');
  });

  test('writes what comes at once together', async () => {
    const journal = await openJournal();
    let acknowledged = 0;
    const turns = Array.from({ length: 500 }, (_, i) =>
      journal.append({ kind: 'turn', ...commitOf(`t-${i}`) }),
    );
    for (const turn of turns) void turn.then(() => (acknowledged += 1));
    await turns[0];
    await turns[1];
    expect(acknowledged).toBe(500);
  });

  test('takes nothing after it is closed', async () => {
    const journal = await openJournal();
    await journal.close();
    await expect(journal.append({ kind: 'session', session: aSession() })).rejects.toMatchObject({
      code: 'internal',
    });
  });
});

import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startKnowledge } from '../../src/knowledge/start-knowledge.ts';
import { openLowdbStore, readCurrentSnapshot } from '../../src/stores/lowdb/lowdb-store.ts';
import { aRecord } from '../fixtures/catalogue-records.ts';
import { emptyFolder, FAULTY_INTENTS, SMALL_INTENTS } from '../fixtures/intents-folder.ts';
import { recordLog } from '../fixtures/recorded-log.ts';

type Ran = { code: number; out: string; err: string };

/** `npm run knowledge -- …`, without npm. */
function knowledge(...args: string[]): Promise<Ran> {
  return new Promise(resolve => {
    execFile(process.execPath, ['--import', 'tsx', 'src/cli/knowledge.ts', ...args], (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

describe('the command knowledge', () => {
  it('check: prints each fault on its line and fails, or counts what is there', async () => {
    const faulty = await knowledge('check', '--intents', FAULTY_INTENTS);
    expect(faulty.code).toBe(1);
    expect(faulty.out).toContain('khai-sinh.yaml:5:8 label is 28 characters, at most 20 fit on a button');
    expect(faulty.out.trim().split('\n').at(-1)).toBe('26 faults, 8 warnings');
    const good = await knowledge('check', '--json', '--intents', SMALL_INTENTS);
    expect(good.code).toBe(0);
    expect(JSON.parse(good.out)).toMatchObject({ ok: true, procedures: 2, articles: 1, phrases: 14 });
  });

  it('coverage: prints numbers for scripts, lists for people', async () => {
    const json = await knowledge('coverage', '--json', '--intents', SMALL_INTENTS);
    expect(JSON.parse(json.out)).toMatchObject({
      ...{ procedures: 2, articles: 1, answers: 8, phrases: 14, catalogueProcedures: 0 },
    });
    const text = await knowledge('coverage', '--intents', SMALL_INTENTS);
    expect(text.out).toContain('tach-ho Tách hộ: documents, fee, where');
  });

  it('export: writes what is live, and takes no lock from the running product', async () => {
    const [data, out] = [join(await emptyFolder(), 'data'), await emptyFolder()];
    await mkdir(data);
    const store = await openLowdbStore({ directory: data });
    const start = { knowledge: store.knowledge, intentsDir: SMALL_INTENTS, now: new Date() };
    await startKnowledge({ ...start, log: recordLog().log });
    const ran = await knowledge('export', '--yaml', out, '--data', data);
    await store.close();
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out.trim().split('\n').at(-1)).toBe('5 files written, 0 unchanged');
    expect(await readFile(join(out, 'cu-tru/tach-ho.yaml'), 'utf8')).toContain('label: Tách hộ');
  });

  it('import-catalogue: takes official records over, and the same file once more changes nothing', async () => {
    const data = join(await emptyFolder(), 'data');
    const file = join(await emptyFolder(), 'procedures.jsonl');
    await mkdir(data);
    await writeFile(file, `${JSON.stringify(aRecord())}\n{"ma_thu_tuc": 1}\n`);
    const options = ['--data', data, '--intents', SMALL_INTENTS];
    const ran = await knowledge('import-catalogue', file, '--json', ...options);
    expect(JSON.parse(ran.out)).toMatchObject({
      read: 2,
      taken: 1,
      skipped: [{ reason: 'unreadable', line: 2 }],
    });
    const live = await readCurrentSnapshot(data);
    expect(live?.catalogue?.procedures).toMatchObject([{ id: '1.009999', origin: 'catalogue' }]);
    expect((await knowledge('import-catalogue', file, ...options)).code).toBe(0);
    expect((await readCurrentSnapshot(data))?.version).toBe(live?.version);
    const coverage = await knowledge('coverage', '--json', '--data', data, '--intents', SMALL_INTENTS);
    expect(JSON.parse(coverage.out)).toMatchObject({ catalogueProcedures: 1 });
  }, 60_000);

  it('import-catalogue: a file without procedures changes nothing and says so', async () => {
    const data = join(await emptyFolder(), 'data');
    await mkdir(data);
    const options = ['--data', data, '--intents', SMALL_INTENTS];
    const missing = await knowledge('import-catalogue', join(data, 'none.jsonl'), ...options);
    expect(missing).toMatchObject({ code: 1, out: '' });
    expect(missing.err).toContain('cannot be read as a catalogue');
    await writeFile(join(data, 'words.txt'), 'xin chào\n');
    const words = await knowledge('import-catalogue', join(data, 'words.txt'), ...options);
    expect(words.err).toContain('holds no procedure of the catalogue: nothing was changed');
    expect((await readCurrentSnapshot(data))?.catalogue).toBeUndefined();
  }, 60_000);

  it('says what it knows when it is asked for something else', async () => {
    const unknown = await knowledge('publish');
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err).toContain('unknown command "publish"; known are check, coverage, export');
    expect(await knowledge('check', '--jsno')).toMatchObject({ code: 2 });
  });

  it('export: says what is missing', async () => {
    expect(await knowledge('export')).toMatchObject({ code: 2 });
    const empty = await knowledge('export', '--yaml', await emptyFolder(), '--data', await emptyFolder());
    expect(empty).toMatchObject({ code: 1 });
    expect(empty.err).toContain('holds no published knowledge');
  });
});

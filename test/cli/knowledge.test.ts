import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startKnowledge } from '../../src/knowledge/start-knowledge.ts';
import { openLowdbStore } from '../../src/stores/lowdb/lowdb-store.ts';
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

  it('says what it knows when it is asked for something else', async () => {
    const unknown = await knowledge('import-catalogue');
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err).toContain('unknown command "import-catalogue"; known are check, coverage, export');
    expect(await knowledge('check', '--jsno')).toMatchObject({ code: 2 });
  });

  it('export: says what is missing', async () => {
    expect(await knowledge('export')).toMatchObject({ code: 2 });
    const empty = await knowledge('export', '--yaml', await emptyFolder(), '--data', await emptyFolder());
    expect(empty).toMatchObject({ code: 1 });
    expect(empty.err).toContain('holds no published knowledge');
  });
});

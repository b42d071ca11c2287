import { execFile } from 'node:child_process';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startKnowledge } from '../../src/knowledge/start-knowledge.ts';
import { openLowdbStore } from '../../src/stores/lowdb/lowdb-store.ts';
import { emptyFolder, SMALL_INTENTS } from '../fixtures/intents-folder.ts';
import { recordLog } from '../fixtures/recorded-log.ts';
import { filesIn } from '../stores/data-directory.ts';

type Ran = { code: number; out: string; err: string };

/** `npm run knowledge -- …`, without npm. */
function knowledge(...args: string[]): Promise<Ran> {
  return new Promise(resolve => {
    execFile(process.execPath, ['--import', 'tsx', 'src/cli/knowledge.ts', ...args], (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

async function started() {
  const folder = await emptyFolder();
  const data = join(folder, 'data');
  await mkdir(data);
  const store = await openLowdbStore({ directory: data });
  const start = { knowledge: store.knowledge, intentsDir: SMALL_INTENTS, now: new Date() };
  await startKnowledge({ ...start, log: recordLog().log });
  return { store, data, csv: join(folder, 'bang.csv'), xlsx: join(folder, 'bang.xlsx') };
}
const contentOf = async (data: string) =>
  Promise.all((await filesIn(data)).map(async file => [file, await readFile(join(data, file), 'utf8')]));

describe('the command knowledge, with tables', () => {
  it('exports beside the running product, previews, imports, and exports what was imported', async () => {
    const { store, data, csv, xlsx } = await started();
    const exported = await knowledge('export', '--csv', csv, '--xlsx', xlsx, '--data', data);
    expect(exported).toMatchObject({ code: 0, err: '' });
    expect(exported.out).toContain('dòng của 3 chủ đề ra');
    await store.close();

    await appendFile(csv, 'tach-ho,,,,,tách hộ khẩu khỏi nhà chồng,,Đang dùng,,,\r\n');
    const before = await contentOf(data);
    const preview = await knowledge('import', csv, '--dry-run', '--data', data);
    expect(preview.code).toBe(0);
    expect(preview.out).toContain('(mới) tach-ho: Thêm câu hỏi “tách hộ khẩu khỏi nhà chồng”.');
    expect(await contentOf(data)).toEqual(before);

    const imported = await knowledge('import', csv, '--json', '--data', data);
    expect(JSON.parse(imported.out)).toMatchObject({ ok: true, saved: 1, counts: { new: 1, changed: 0 } });
    await knowledge('export', '--xlsx', xlsx, '--data', data);
    const again = await knowledge('import', xlsx, '--data', data);
    expect(again).toMatchObject({ code: 0 });
    expect(again.out).toContain('Không có gì thay đổi.');
  }, 60_000);

  it('says each faulty row, writes nothing and fails; so it does with a file that is no table', async () => {
    const { store, data, csv } = await started();
    await store.close();
    const before = await contentOf(data);
    const rows = ['tach-ho,,tách hộ khẩu khỏi nhà chồng,,Đang dùng', 'tach-ho,Phí,,Miễn phí.,Đang dùng'];
    await writeFile(csv, `Mã chủ đề,Khía cạnh,Câu hỏi,Câu trả lời,Trạng thái\n${rows.join('\n')}\n`);
    const faulty = await knowledge('import', csv, '--data', data);
    expect(faulty).toMatchObject({ code: 1, err: '' });
    expect(faulty.out).toContain('dòng 3 (lỗi) tach-ho: Khía cạnh “Phí” không đúng');
    expect(faulty.out).toContain('Chưa ghi gì');
    await writeFile(csv, '');
    expect(await knowledge('import', csv, '--data', data)).toMatchObject({
      ...{ code: 1, out: expect.stringContaining('Tệp trống') },
    });
    const knowledgeOf = (files: string[][]) => files.filter(([file]) => !file!.includes('lock'));
    expect(knowledgeOf((await contentOf(data)) as string[][])).toEqual(knowledgeOf(before as string[][]));
  }, 60_000);

  it('writes a template that is read as an empty table', async () => {
    const { store, data, csv, xlsx } = await started();
    await store.close();
    for (const file of [csv, xlsx]) {
      expect(await knowledge('template', file)).toMatchObject({ code: 0 });
      expect((await knowledge('import', file, '--dry-run', '--data', data)).out).toContain(
        'chỉ có dòng tiêu đề',
      );
    }
    expect(await readFile(csv, 'utf8')).toContain('# Trạng thái: Đang dùng:');
    expect(await knowledge('template', 'mau.ods')).toMatchObject({ code: 2 });
  }, 60_000);
});

import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type DurableJsonOptions, durableJsonFile } from '../../src/stores/lowdb/durable-json-file.ts';
import { dataDirectory, filesIn } from './data-directory.ts';

describe('a durable JSON file', () => {
  let directory: string;
  let file: string;
  let warnings: string[];
  const options = (more: Partial<DurableJsonOptions> = {}) => ({
    warn: (message: string) => warnings.push(message),
    ...more,
  });
  const open = (more?: Partial<DurableJsonOptions>) => durableJsonFile<{ ten: string }>(file, options(more));

  beforeEach(async () => {
    directory = await dataDirectory();
    file = path.join(directory, 'so.json');
    warnings = [];
  });

  test('that does not exist holds nothing', async () => {
    expect(await open().read()).toBeNull();
    expect(warnings).toEqual([]);
  });

  test('gives back what was written last', async () => {
    await open().write({ ten: 'Khai sinh' });
    await open().write({ ten: 'Kết hôn' });
    expect(await open().read()).toEqual({ ten: 'Kết hôn' });
    expect(await filesIn(directory)).toEqual(['so.json', 'so.json.bak']);
  });

  test('keeps the order of writes that come at once', async () => {
    const adapter = open();
    await Promise.all(['một', 'hai', 'ba'].map(ten => adapter.write({ ten })));
    expect(await adapter.read()).toEqual({ ten: 'ba' });
  });

  test.each([
    ['empty', ''],
    ['cut short', '{"ten":"Kết h'],
    ['no object', 'null'],
  ])('that is %s falls back to its last good copy, and says so', async (_how, broken) => {
    await open().write({ ten: 'Khai sinh' });
    await open().write({ ten: 'Kết hôn' });
    await writeFile(file, broken);
    expect(await open().read()).toEqual({ ten: 'Khai sinh' });
    expect(warnings).toHaveLength(1);
    expect(await open().read()).toEqual({ ten: 'Khai sinh' });
    expect(warnings).toHaveLength(1); // repaired by the first reading
    expect(await readFile(`${file}.corrupt`, 'utf8')).toBe(broken);
  });

  test('never puts a corrupt file over the last good copy', async () => {
    await open().write({ ten: 'Khai sinh' });
    await copyFile(file, `${file}.bak`);
    await writeFile(file, '');
    const adapter = open();
    await adapter.read();
    await adapter.write({ ten: 'Kết hôn' });
    expect(JSON.parse(await readFile(`${file}.bak`, 'utf8'))).toEqual({ ten: 'Khai sinh' });
  });

  test('that is corrupt without a good copy names itself and the way out', async () => {
    await writeFile(file, '{');
    await expect(open().read()).rejects.toMatchObject({
      code: 'store-corrupt',
      message: expect.stringMatching(/so\.json .*Restore the file from a backup/),
    });
  });

  test('is repaired by no reader that may not write', async () => {
    await writeFile(`${file}.bak`, '{"ten":"Khai sinh"}');
    await writeFile(file, '');
    expect(await open({ readOnly: true }).read()).toEqual({ ten: 'Khai sinh' });
    expect(await readFile(file, 'utf8')).toBe('');
  });

  test('that is expendable leaves no old copy and counts as empty when it is corrupt', async () => {
    await open({ expendable: true }).write({ ten: 'liên kết cũ' });
    await open({ expendable: true }).write({ ten: 'liên kết mới' });
    expect(await filesIn(directory)).toEqual(['so.json']);
    await writeFile(file, '');
    expect(await open({ expendable: true }).read()).toBeNull();
    expect(warnings).toHaveLength(1);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../src/config.ts';
import { readCentre } from '../src/read-centre.ts';

describe('the centre’s file', () => {
  it('is shipped with an example', async () => {
    const centre = await readCentre(loadConfig({}).centreFile);
    expect(centre.province).toBe('Quảng Ninh');
  });

  it('has every fault reported with its field', async () => {
    const path = await write(
      'id: Thử Nghiệm\nname: Trung tâm\nprovince: Thử\nhours: [{ days: [8], from: "7h", to: "11:30" }]\n',
    );
    await expect(readCentre(path)).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringMatching(
        /id: .*\n.*contacts: .*\n.*hours\.0\.days\.0: .*\n.*hours\.0\.from: viết giờ dạng 07:30/,
      ),
    });
  });

  it('has a fault of YAML explained', async () => {
    const path = await write('name: "Trung tâm\n');
    await expect(readCentre(path)).rejects.toThrow(/^CENTRE_FILE .* cannot be read: /);
  });
});

async function write(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'motcua-centre-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'centre.yaml'), text);
  return join(folder, 'centre.yaml');
}

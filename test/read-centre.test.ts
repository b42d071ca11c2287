import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../src/config.ts';
import { fullName } from '../src/domain/places.ts';
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

  it('names the province’s directory: 54 units, made of the 171 former ones', async () => {
    const { places } = await readCentre(loadConfig({}).centreFile);
    const units = places!.units.map(({ unit }) => unit.kind);
    const former = new Set(
      places!.units.flatMap(({ from }) =>
        from.flatMap(({ district, whole, part }) =>
          [...whole, ...part].map(commune => `${fullName(commune)}, ${fullName(district)}`),
        ),
      ),
    );
    const countOf = (kind: string) => units.filter(one => one === kind).length;
    expect([units.length, countOf('phường'), countOf('xã'), countOf('đặc khu')]).toEqual([54, 30, 22, 2]);
    // 73 phường, 7 thị trấn and 91 xã until July 2025.
    expect(former.size).toBe(171);
  });

  it('has every fault of the directory reported with its file and field', async () => {
    const centre = await readFile(loadConfig({}).centreFile, 'utf8');
    const path = await write(centre, {
      'places.yaml': UNITS,
      'offices.yaml': 'offices: [{ unit: phường Hồng Gai, role: Công an, phone: 203 }]\n',
    });
    await expect(readCentre(path)).rejects.toThrow(
      /office directory .*offices\.yaml .*\n {2}offices\.0\.phone: /,
    );
    await writeFile(join(dirname(path), 'offices.yaml'), 'offices: [{ unit: xã Trới, role: UBND }]\n');
    await expect(readCentre(path)).rejects.toThrow(
      'offices.0.unit: không có xã Trới trong tệp đơn vị hành chính',
    );
    await writeFile(join(dirname(path), 'places.yaml'), UNITS.replace('phường Bạch Đằng', 'Bạch Đằng'));
    await expect(readCentre(path)).rejects.toThrow(
      /file of places .*\n {2}units\.0\.from\.0\.whole\.0: viết đủ loại/,
    );
    await writeFile(join(dirname(path), 'places.yaml'), `${UNITS}${UNITS.slice(UNITS.indexOf('  - unit'))}`);
    await expect(readCentre(path)).rejects.toThrow('units.1.unit: phường Hồng Gai đã có ở trên');
  });

  it('has a fault of YAML explained', async () => {
    const path = await write('name: "Trung tâm\n');
    await expect(readCentre(path)).rejects.toThrow(/^CENTRE_FILE .* cannot be read: /);
  });
});

const UNITS = `evidence: { source: thử, checkedOn: "2026-11-22", verified: false }
units:
  - unit: phường Hồng Gai
    from: [{ district: thành phố Hạ Long, whole: [phường Bạch Đằng] }]
`;

/** Writes a centre's file, and files beside it. */
async function write(text: string, beside: Record<string, string> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'motcua-centre-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries({ ...beside, 'centre.yaml': text }))
    await writeFile(join(folder, name), content);
  return join(folder, 'centre.yaml');
}

import type { Facts, LEVELS, Procedure, Topic } from '../domain/topic.ts';
import type { CatalogueRecord } from './read-catalogue.ts';

/** Where a curated procedure and the national catalogue differ; neither is right by itself. */
export type CatalogueDifference = {
  id: string;
  label: string;
  part: 'code' | 'name' | 'level' | 'url' | 'legal' | 'fee' | 'time';
  message: string;
};

/** Compares every procedure that has a code. What the catalogue says ambiguously is not compared. */
export function compareWithCatalogue(
  topics: readonly Topic[],
  catalogue: ReadonlyMap<string, CatalogueRecord>,
): CatalogueDifference[] {
  return topics.flatMap(topic => {
    if (topic.kind !== 'procedure' || !topic.code) return [];
    const record = catalogue.get(topic.code);
    const say = (part: CatalogueDifference['part'], message: string | null) =>
      message === null ? [] : [{ id: topic.id, label: topic.label, part, message }];
    if (!record) return say('code', `the catalogue has no procedure ${topic.code}`);
    return [
      ...say('name', compareName(topic, record)),
      ...say('level', compareLevel(topic.facts, record)),
      ...say('url', compareUrl(topic.facts, record)),
      ...say('legal', compareLegal(topic.facts, record)),
      ...say('fee', compareFees(topic.facts, record)),
      ...say('time', compareTime(topic.facts, record)),
    ];
  });
}

function compareName({ name }: Procedure, { ten_thu_tuc }: CatalogueRecord): string | null {
  const tidy = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();
  return tidy(name) === tidy(ten_thu_tuc) ? null : `the catalogue's title is "${tidy(ten_thu_tuc)}"`;
}

const LEVEL_NAMES: Record<string, (typeof LEVELS)[number]> = {
  'Cấp bộ': 'ministry',
  'Cấp tỉnh': 'province',
  'Cấp xã': 'commune',
  'Cơ quan khác': 'other',
};

function compareLevel({ level }: Facts, { cap_thuc_hien }: CatalogueRecord): string | null {
  const theirs = (cap_thuc_hien ?? '').split(',').flatMap(name => LEVEL_NAMES[name.trim()] ?? []);
  if (theirs.length === 0 || sameSet(level?.value ?? [], theirs)) return null;
  return `the catalogue has ${theirs.join(', ')}, the record ${level?.value.join(', ') ?? 'nothing'}`;
}

function compareUrl({ url }: Facts, { detail_url }: CatalogueRecord): string | null {
  return detail_url === '' || url === detail_url
    ? null
    : `the catalogue has ${detail_url}, the record ${url ?? 'nothing'}`;
}

/**
 * "123/2015/NĐ-CP", "66.7/2025/NQ-CP". In the catalogue a number follows the title without a space
 * ("… năm 202076/2025/QH15"), and the next title follows the number ("53/2025/TT-BCAThông tư …").
 */
const LEGAL_NUMBER =
  /(?:(?<!\d)(?:(?:19|20)\d\d)?|(?<=QH\d\d))(\d{1,3}(?:\.\d{1,2})?\/\d{4}\/(?:QH\d\d|[A-ZĐ]+(?:-[A-ZĐ]+)*))(?![a-zà-ỹ])/gu;

function compareLegal({ legal }: Facts, { can_cu_phap_ly }: CatalogueRecord): string | null {
  const ours = new Set((legal?.value ?? []).flatMap(({ number }) => legalNumbers(number)).map(legalKey));
  const theirs = new Map(legalNumbers(can_cu_phap_ly ?? '').map(number => [legalKey(number), number]));
  const unnamed = [...theirs].filter(([key]) => !ours.has(key)).map(([, number]) => number);
  return unnamed.length === 0 ? null : `the catalogue also names ${unnamed.join(', ')}`;
}

function legalNumbers(text: string): string[] {
  return [...text.normalize('NFC').matchAll(LEGAL_NUMBER)].flatMap(([, number]) => number ?? []);
}

/** "6/2025/TT": leading zeros, the issuer and the assembly's term are written now so, now so. */
function legalKey(number: string): string {
  const [ordinal, year, type = ''] = number.split('/');
  return `${Number(ordinal)}/${year}/${/^[A-ZĐ]+/u.exec(type)?.[0] ?? ''}`;
}

type Row = { time: NonNullable<Facts['time']>['value'] | null; amount: number | null };

/** "Trực tuyến3 Ngày làm việc7,000 Việt Nam Đồng(…)": the table's cells stand side by side without a sign between. */
const ROW =
  /(?:Trực tuyến|Dịch vụ bưu chính|Trực tiếp)(\d+) ?(Ngày làm việc|Ngày|Giờ|Tháng)?(Miễn phí|[\d,.]+ (?:Việt Nam Đồng|VNĐ))?(\([^)]*\))?/g;
const UNITS = { 'Ngày làm việc': 'working-day', Ngày: 'day', Giờ: 'hour', Tháng: 'month' } as const;
/** Beside "Miễn phí" such words mean that the fee is told elsewhere. */
const SPEAKS_OF_MONEY = /đồng|VNĐ|lệ phí|phí|Hội đồng nhân dân|HĐND|mức thu|quy định/i;
const SMALLEST_FEE = 1000;

function compareFees({ fees }: Facts, record: CatalogueRecord): string | null {
  const amounts = rowsOf(record).map(({ amount }) => amount);
  // Where one row is not clear, the others may be half of the truth.
  if (amounts.length === 0 || amounts.includes(null)) return null;
  const theirs = [...new Set(amounts)];
  const ours = fees?.value.map(({ amount }) => amount) ?? [];
  if (ours.includes('province') || theirs.every(amount => ours.includes(amount!))) return null;
  return `the catalogue has ${theirs.join(', ')} đồng, the record ${ours.join(', ') || 'nothing'}`;
}

function compareTime({ time }: Facts, record: CatalogueRecord): string | null {
  const times = rowsOf(record).map(row => (row.time ? `${row.time.value} ${row.time.unit}` : null));
  const [theirs] = times;
  if (!theirs || times.some(other => other !== theirs)) return null;
  const ours = time ? `${time.value.value} ${time.value.unit}` : 'nothing';
  return ours === theirs ? null : `the catalogue has ${theirs}, the record ${ours}`;
}

function rowsOf({ cach_thuc_thuc_hien }: CatalogueRecord): Row[] {
  const text = (cach_thuc_thuc_hien ?? '').normalize('NFC');
  return [...text.matchAll(ROW)].map(([, value, unit, fee, remark]) => ({
    // Without a unit even the number is doubtful: the fee's first digits may be glued to it.
    time: unit ? { value: Number(value), unit: UNITS[unit as keyof typeof UNITS] } : null,
    amount: amountOf(unit, fee, remark),
  }));
}

function amountOf(unit: string | undefined, fee: string | undefined, remark = ''): number | null {
  if (fee === undefined) return null;
  if (fee === 'Miễn phí') return SPEAKS_OF_MONEY.test(remark) ? null : 0;
  const amount = Number(fee.replace(/\D/g, ''));
  return unit && amount >= SMALLEST_FEE ? amount : null;
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every(item => b.includes(item));
}

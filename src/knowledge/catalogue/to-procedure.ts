import type { Facet } from '../../domain/facet.ts';
import type { Facts, Fee, Procedure } from '../../domain/topic.ts';
import { formatDuration } from '../../domain/vietnamese-format.ts';
import { labelOfTitle } from './label-of-title.ts';
import { legalNumbers } from './legal-numbers.ts';
import type { CatalogueRecord } from './read-catalogue.ts';
import {
  dossiersOf,
  levelsOf,
  namesDistrict,
  oneLine,
  type RecordDossier,
  resultsOf,
} from './record-fields.ts';
import { type RecordRow, rowsOf } from './record-rows.ts';
import { shorten } from './shorten.ts';

/** What a chat reply holds of one facet, in characters; the whole stands behind the link. */
const LONGEST_TEXT = 1400;
const LONGEST_PAPER = 260;
const MOST_LEGAL_TEXTS = 10;
const MOST_FORMS = 8;

export type ProcedureNames = {
  /** What citizens call the procedure. */
  aliases: readonly string[];
  /** The day of the import, `2026-11-22`. */
  today: string;
};

/** An official record as a catalogue procedure: what it says plainly, in facets; the rest stays unknown. Pure. */
export function toProcedure(record: CatalogueRecord, { aliases, today }: ProcedureNames): Procedure {
  const name = oneLine(record.ten_thu_tuc);
  return {
    kind: 'procedure',
    origin: 'catalogue',
    id: record.ma_thu_tuc,
    code: record.ma_thu_tuc,
    replaces: [],
    name,
    label: labelOfTitle(name),
    aliases: [...aliases],
    phrases: [],
    field: slugOf(record.linh_vuc),
    facts: factsOf(record, today),
    answers: answersOf(record),
  };
}

function factsOf(record: CatalogueRecord, today: string): Facts {
  const rows = rowsOf(record);
  const level = levelsOf(record);
  const time = commonTime(rows);
  const fees = feesOf(rows, record);
  const agency = oneLine(record.co_quan_thuc_hien);
  const forms = [...new Set(dossiersOf(record).flatMap(dossier => dossier.forms))].slice(0, MOST_FORMS);
  const legal = [...new Set(legalNumbers(record.can_cu_phap_ly))].slice(0, MOST_LEGAL_TEXTS);
  const decision = record.so_quyet_dinh ? `, công bố theo Quyết định ${record.so_quyet_dinh}` : '';
  return {
    evidence: {
      source: `Cổng Dịch vụ công quốc gia, mã ${record.ma_thu_tuc}${decision}`.slice(0, 300),
      checkedOn: today,
      verified: !namesDistrict(record),
    },
    ...(level.length > 0 && { level: { value: level } }),
    ...(agency && { agency: { value: agency.slice(0, 400) } }),
    ...(time && { time: { value: time } }),
    ...(fees && { fees: { value: fees } }),
    ...(forms.length > 0 && { forms: { value: forms.map(form => ({ name: form })) } }),
    ...(legal.length > 0 && { legal: { value: legal.map(number => ({ number })) } }),
    ...(record.detail_url && { url: record.detail_url }),
  };
}

function commonTime(rows: readonly RecordRow[]) {
  const [first] = rows;
  if (!first?.time) return null;
  const { value, unit } = first.time;
  return rows.every(({ time }) => time?.value === value && time.unit === unit) ? first.time : null;
}

/** Only where every row tells its fee, and nothing else in the record speaks of paying where the table says free. */
function feesOf(rows: readonly RecordRow[], record: CatalogueRecord): Fee[] | null {
  const amounts = rows.map(({ amount }) => amount);
  if (amounts.length === 0 || amounts.includes(null)) return null;
  if (amounts.includes(0) && ASKS_FOR_MONEY.test(`${record.trinh_tu_thuc_hien} ${record.thanh_phan_ho_so}`))
    return null;
  const isOne = amounts.every(amount => amount === amounts[0]);
  const fee = (row: RecordRow): Fee => ({
    amount: row.amount ?? 0,
    for: 'theo Cổng Dịch vụ công quốc gia',
    channel: isOne ? 'any' : row.channel,
  });
  return isOne ? [fee(rows[0]!)] : rows.map(fee);
}

const ASKS_FOR_MONEY = /nộp (?:phí|lệ phí|tiền)|thu (?:phí|lệ phí)|biên lai|chứng từ nộp|phí thẩm định/i;

function answersOf(record: CatalogueRecord): Procedure['answers'] {
  const texts: Partial<Record<Facet, string>> = {
    overview: overviewOf(record),
    documents: documentsOf(dossiersOf(record)),
    time: timesOf(rowsOf(record)),
    conditions: conditionsOf(record),
    steps: shorten(withoutMarks(record.trinh_tu_thuc_hien), LONGEST_TEXT),
    result: listOf(resultsOf(record)),
  };
  return Object.fromEntries(
    Object.entries(texts)
      .filter(([, text]) => text)
      .map(([facet, text]) => [facet, { text }]),
  );
}

function overviewOf(record: CatalogueRecord): string {
  const agency = record.co_quan_thuc_hien ? `, do **${oneLine(record.co_quan_thuc_hien)}** giải quyết` : '';
  const who = record.doi_tuong_thuc_hien
    ? ` Đối tượng thực hiện: ${oneLine(record.doi_tuong_thuc_hien).replace(/\.$/, '')}.`
    : '';
  const time = commonTime(rowsOf(record));
  const duration = time ? ` Thời hạn giải quyết: **${formatDuration(time)}**.` : '';
  return `Thủ tục thuộc lĩnh vực ${record.linh_vuc}${agency}.${who}${duration}`;
}

/** Where the ways of handing in differ; one time for all is a fact. */
function timesOf(rows: readonly RecordRow[]): string | undefined {
  if (commonTime(rows) || rows.length === 0 || rows.some(({ time }) => time === null)) return undefined;
  const lines = rows.flatMap(({ channel, time }) =>
    time ? [`- ${CHANNEL_NAMES[channel]}: **${formatDuration(time)}**`] : [],
  );
  return ['Thời hạn giải quyết, tính từ khi nhận đủ hồ sơ hợp lệ:', [...new Set(lines)].join('\n')].join(
    '\n\n',
  );
}

const CHANNEL_NAMES = {
  'in-person': 'Nộp trực tiếp',
  online: 'Nộp trực tuyến',
  post: 'Nộp qua bưu chính',
} as const satisfies Record<RecordRow['channel'], string>;

function conditionsOf({ doi_tuong_thuc_hien: who, yeu_cau_dieu_kien: conditions }: CatalogueRecord) {
  const parts = [
    who && `Đối tượng thực hiện: ${oneLine(who)}`,
    conditions && shorten(withoutMarks(conditions), LONGEST_TEXT - who.length),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join('\n\n') : undefined;
}

/** The papers of every case, as many as a reply holds. */
function documentsOf(dossiers: readonly RecordDossier[]): string | undefined {
  const cases = dossiers.filter(({ papers }) => papers.length > 0);
  if (cases.length === 0) return undefined;
  const lines = cases.flatMap(({ title, papers }) => [
    ...(cases.length > 1 || title
      ? [`**${title ? shorten(title, LONGEST_PAPER) : 'Trường hợp khác'}:**`]
      : []),
    ...papers.map(({ name, amount }) => `- ${shorten(name, LONGEST_PAPER)}${amount ? ` – ${amount}` : ''}`),
  ]);
  const shown = fitting(lines, LONGEST_TEXT);
  const left = lines.filter(isPaper).length - shown.filter(isPaper).length;
  const rest = left > 0 ? [`*(còn ${left} giấy tờ nữa, xem đủ ở liên kết bên dưới)*`] : [];
  return ['Thành phần hồ sơ:', ...shown, ...rest].join('\n\n').replace(/(\n- .*)\n(?=\n- )/g, '$1');
}

function isPaper(line: string): boolean {
  return line.startsWith('- ');
}

/** The first lines that fit, at least one; no heading stands last. */
function fitting(lines: readonly string[], max: number): string[] {
  let length = 0;
  const shown = lines.filter((line, i) => {
    length += line.length;
    return i === 0 || length <= max;
  });
  while (shown.length > 1 && !isPaper(shown.at(-1) ?? '')) shown.pop();
  return shown;
}

function listOf(items: readonly string[]): string | undefined {
  if (items.length === 0) return undefined;
  return shorten(items.map(item => item.replace(/[;.\s]+$/, '')).join('\n'), LONGEST_TEXT);
}

/** "a) …", "- …" stay; lone marks and doubled empty lines go. */
function withoutMarks(text: string): string {
  return text.replace(/\r/g, '').replace(/^\s*[-+*•]\s*$/gm, '');
}

function slugOf(field: string): string {
  const slug = field
    .replace(/đ/gi, 'd')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return slug || 'khac';
}

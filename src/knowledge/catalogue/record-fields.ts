import type { LEVELS } from '../../domain/topic.ts';
import type { CatalogueRecord } from './read-catalogue.ts';

const LEVEL_NAMES: Record<string, (typeof LEVELS)[number]> = {
  'Cấp bộ': 'ministry',
  'Cấp tỉnh': 'province',
  'Cấp xã': 'commune',
  'Cơ quan khác': 'other',
};

export function levelsOf({ cap_thuc_hien }: CatalogueRecord): (typeof LEVELS)[number][] {
  return cap_thuc_hien.split(',').flatMap(name => LEVEL_NAMES[name.trim()] ?? []);
}

/** The papers of one case of a procedure. */
export type RecordDossier = { title: string; papers: { name: string; amount: string }[]; forms: string[] };

/** The head of each table of papers; what stands before it, after the papers of the case before, is the case. */
const TABLE_HEAD = 'Tên giấy tờMẫu đơn, tờ khaiSố lượng';
/** "…TT-BNNMT ngày 01/01/20261 bản chính,1 bản sao": the amount follows the name without a space. */
const AMOUNT = /(\d bản (?:chính|sao)(?:, ?\d bản (?:chính|sao))*)/;
/** The file of a form follows the name without a space: "(Thông tư số 18/2026/TT-BTC)Mẫu số 01.docx". */
const FORM_FILE = /(?<=[\p{Ll}\d);.,])(\p{Lu}[^.;()]{2,90})\.(?:docx?|pdf|xlsx?|zip|rar)$/u;

/** The papers to hand in, by case. */
export function dossiersOf({ thanh_phan_ho_so }: CatalogueRecord): RecordDossier[] {
  const [lead = '', ...tables] = thanh_phan_ho_so.split(TABLE_HEAD);
  let title = lead;
  return tables.map(table => {
    const parts = table.split(AMOUNT);
    // name, amount, name, amount, …, and last the title of the next case
    const dossier: RecordDossier = { title: tidyTitle(title), papers: [], forms: [] };
    for (let i = 0; i + 1 < parts.length; i += 2) addPaper(dossier, parts[i] ?? '', parts[i + 1] ?? '');
    title = parts.at(-1) ?? '';
    return dossier;
  });
}

function addPaper(dossier: RecordDossier, text: string, amount: string): void {
  const raw = oneLine(text).replace(/^[-+*•.\s]+/, '');
  const form = FORM_FILE.exec(raw)?.[1];
  const name = (form ? raw.replace(FORM_FILE, '') : raw).replace(/[;.,\s]+$/, '');
  if (name === '') return;
  dossier.papers.push({ name, amount: readableAmount(amount) });
  if (form) dossier.forms.push(form.replaceAll('_', ' ').trim());
}

/** "1 bản chính,0 bản sao" → "1 bản chính" */
function readableAmount(amount: string): string {
  const parts = amount.split(/, ?/).filter(part => !part.startsWith('0'));
  return parts.map(part => part.replace(/^(\d) /, '0$1 ')).join(', ');
}

/** A title that says no more than that papers follow is none. */
const NO_CASE = /^(?:[a-z\d][).]\s*)?(?:thành phần(?: hồ sơ)?|hồ sơ(?: bao)?(?: gồm)?|bao gồm)(?: gồm)?$/iu;

function tidyTitle(title: string): string {
  const tidy = oneLine(title)
    .replace(/^[-+*•.\s]+/, '')
    .replace(/[:;.,\s]+$/, '');
  return NO_CASE.test(tidy) ? '' : tidy;
}

/** The names of what a citizen gets: each is followed by its code, key words and a description. */
export function resultsOf({ ket_qua_xu_ly }: CatalogueRecord): string[] {
  const [own = ''] = ket_qua_xu_ly.split('Chọn cơ quan thực hiện');
  const names = own
    .replace(/Mã: ?KQ\.[\w.]+Từ khóa.*?Mô tả(?:Không có thông tin)?/gs, '\n')
    .replace(/Mã: ?KQ\.[\w.]+.*/s, '')
    .split('\n')
    .map(name => oneLine(name).replace(/^[-+*•.\s]+/, ''))
    .filter(name => name.length > 3);
  return [...new Set(names)];
}

/** Bodies that there are no more since 01/07/2025. */
const DISTRICT =
  /cấp huyện|UBND (?:quận|huyện)|Ủy ban nhân dân (?:quận|huyện)|(?:Công an|Phòng Tư pháp) (?:cấp )?(?:quận|huyện)|quận, huyện/iu;

export function namesDistrict(record: CatalogueRecord): boolean {
  return Object.values(record).some(text => DISTRICT.test(text));
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

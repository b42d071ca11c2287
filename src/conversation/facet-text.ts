import type { Centre } from '../domain/centre.ts';
import type { Facet } from '../domain/facet.ts';
import { type Evidence, evidenceOf, type Facts, type Fee, type Procedure } from '../domain/topic.ts';
import { vietnamDay } from '../domain/vietnam-day.ts';
import {
  capitalise,
  formatDate,
  formatDong,
  formatDuration,
  sentence,
  twoDigits,
  withoutEnd,
} from '../domain/vietnamese-format.ts';
import { FACT_OF_FACET } from '../knowledge/facets-of.ts';

/** What a reply says about one facet. `known` is false where nothing is curated; `text` then says so. */
export type FacetText = {
  /** Markdown. */
  text: string;
  known: boolean;
  evidence: Evidence;
};

export type FacetContext = {
  /** Facts that the province sets for this procedure. */
  overlay?: Partial<Facts>;
  centre?: Centre;
  /** Tells which legal texts have expired. */
  now?: Date;
};

/** One facet of a procedure in Vietnamese: the curated text, else composed from the facts, else "chưa rõ". */
export function facetText(procedure: Procedure, facet: Facet, context: FacetContext = {}): FacetText {
  const curated = procedure.answers[facet];
  if (curated && !isOverridden(facet, context.overlay))
    return { text: curated.text, known: true, evidence: evidenceOf(curated, procedure.facts.evidence) };
  const text = COMPOSERS[facet]?.({ procedure, facts: { ...procedure.facts, ...context.overlay }, context });
  const evidence = evidenceOfFacet(procedure, facet, context);
  if (text) return { text, known: true, evidence };
  return { text: `${UNKNOWN[facet]} ${WHERE_TO_ASK}`, known: false, evidence: procedure.facts.evidence };
}

/** "Nguồn: …, kiểm tra ngày 21/11/2026." and, where source and fact were not found to agree, a word of caution. */
export function evidenceLine({ source, checkedOn, verified }: Evidence): string {
  const line = `Nguồn: ${withoutEnd(source)}, kiểm tra ngày ${formatDate(checkedOn)}.`;
  return verified ? line : `${line} Thông tin cần xác nhận lại với cơ quan tiếp nhận.`;
}

type Material = { procedure: Procedure; facts: Facts; context: FacetContext };
type Composer = (material: Material) => string | null;

/** Conditions, steps and results are told by curated texts only. */
const COMPOSERS: Partial<Record<Facet, Composer>> = {
  overview: composeOverview,
  documents: composeDocuments,
  fee: composeFees,
  time: composeTime,
  where: composeWhere,
  online: composeOnline,
  forms: composeForms,
  legal: composeLegal,
  status: composeStatus,
};

const UNKNOWN: Record<Facet, string> = {
  overview: 'Hiện chưa rõ thông tin chung của thủ tục này.',
  documents: 'Hiện chưa rõ thủ tục này cần những giấy tờ gì.',
  fee: 'Hiện chưa rõ mức phí, lệ phí của thủ tục này.',
  time: 'Hiện chưa rõ thời hạn giải quyết của thủ tục này.',
  where: 'Hiện chưa rõ nơi nộp hồ sơ của thủ tục này.',
  online: 'Hiện chưa rõ thủ tục này có nộp trực tuyến được không.',
  conditions: 'Hiện chưa rõ đối tượng và điều kiện của thủ tục này.',
  steps: 'Hiện chưa rõ các bước thực hiện thủ tục này.',
  forms: 'Hiện chưa rõ thủ tục này dùng mẫu đơn, tờ khai nào.',
  result: 'Hiện chưa rõ kết quả nhận được của thủ tục này.',
  legal: 'Hiện chưa rõ căn cứ pháp lý của thủ tục này.',
  status: 'Hiện chưa rõ cách tra cứu hồ sơ của thủ tục này.',
};

const WHERE_TO_ASK = 'Anh/chị vui lòng xem trên Cổng Dịch vụ công quốc gia hoặc hỏi nơi tiếp nhận hồ sơ.';

function isOverridden(facet: Facet, overlay: Partial<Facts> = {}): boolean {
  const fact = factOf(facet);
  return fact !== null && overlay[fact] !== undefined;
}

/** The fact's own evidence, else that of the file in which it stands: the centre's or the procedure's. */
function evidenceOfFacet({ facts }: Procedure, facet: Facet, { overlay, centre }: FacetContext): Evidence {
  if (facet === 'status' && centre) return centre.evidence;
  const fact = factOf(facet);
  if (fact === null) return facts.evidence;
  const ofProvince = overlay?.[fact];
  if (!ofProvince) return evidenceOf(facts[fact] ?? {}, facts.evidence);
  return evidenceOf(
    ofProvince,
    overlay.evidence ?? centre?.evidence ?? { ...facts.evidence, verified: false },
  );
}

function factOf(facet: Facet) {
  return facet in FACT_OF_FACET ? FACT_OF_FACET[facet as keyof typeof FACT_OF_FACET] : null;
}

function composeOverview({ procedure, facts }: Material): string | null {
  const name = withoutEnd(procedure.name.replace(/^thủ tục\s+/i, ''));
  const agencyName = facts.agency && agencyOf(facts.agency.value).name;
  const agency = agencyName ? ` do ${agencyName} giải quyết` : '';
  const details = [
    facts.time ? durationSentence(facts.time.value) : '',
    facts.fees?.value.length === 1 ? feeSentence(facts.fees.value[0]!) : '',
  ].filter(Boolean);
  if (!agency && details.length === 0) return null;
  const opening = agency ? `Thủ tục **${name}**${agency}.` : `Đây là thủ tục **${name}**.`;
  return [opening, ...details].join(' ');
}

function composeDocuments({ facts: { documents } }: Material): string | null {
  if (!documents) return null;
  const items = documents.value.map(({ name, copies, kind }) => {
    const amount = amountOf(copies, kind);
    return amount ? `${withoutEnd(name)} – ${amount}` : withoutEnd(name);
  });
  return paragraphs(listed('Anh/chị cần chuẩn bị', items, { numbered: true }), documents.note);
}

const KIND_NAMES = {
  original: 'bản chính',
  copy: 'bản sao',
  'certified-copy': 'bản sao có chứng thực',
} as const;

/** "01 bản chính", "02 bản", "bản sao", "mang theo để đối chiếu" */
function amountOf(copies: number | undefined, kind: keyof typeof KIND_NAMES | 'show' | undefined): string {
  if (kind === 'show') return 'mang theo để đối chiếu';
  if (!copies) return kind ? KIND_NAMES[kind] : '';
  return `${twoDigits(copies)} ${kind ? KIND_NAMES[kind] : 'bản'}`;
}

function composeFees({ facts: { fees } }: Material): string | null {
  if (!fees) return null;
  return paragraphs(feeText(fees.value), fees.note);
}

function feeText(fees: readonly Fee[]): string {
  if (fees.length === 1) return feeSentence(fees[0]!);
  const groups = [...groupByPurpose(fees)].map(([purpose, ofPurpose]) => ({
    purpose,
    prices: ofPurpose.map(priceOnChannel).join('; '),
  }));
  const whereToSee = fees.some(({ amount }) => amount === 'province') ? WHERE_TO_SEE_FEES : undefined;
  if (groups.length === 1)
    return paragraphs(`Phí, lệ phí (${groups[0]!.purpose}): ${groups[0]!.prices}.`, whereToSee);
  const lines = groups.map(({ purpose, prices }) => `${capitalise(purpose)}: ${prices}`);
  return paragraphs(listed('Phí, lệ phí', lines), whereToSee);
}

const WHERE_TO_SEE_FEES =
  'Với mức thu do Hội đồng nhân dân tỉnh quy định, anh/chị vui lòng xem trên Cổng Dịch vụ công quốc gia hoặc hỏi nơi tiếp nhận hồ sơ.';

const CHANNEL_NAMES = {
  any: '',
  'in-person': 'nộp trực tiếp',
  online: 'nộp trực tuyến',
  post: 'nộp qua bưu chính',
} as const satisfies Record<Fee['channel'], string>;

function feeSentence({ amount, for: purpose, channel }: Fee): string {
  const reason = `(${withoutEnd(purpose)})`;
  if (amount === 'province')
    return `Mức thu ${reason} do Hội đồng nhân dân tỉnh quy định; anh/chị vui lòng xem trên Cổng Dịch vụ công quốc gia hoặc hỏi nơi tiếp nhận hồ sơ.`;
  const onChannel = channel === 'any' ? '' : ` khi ${CHANNEL_NAMES[channel]}`;
  return `Phí, lệ phí${onChannel}: **${price(amount)}** ${reason}.`;
}

function priceOnChannel({ amount, channel }: Fee): string {
  const text = amount === 'province' ? 'do Hội đồng nhân dân tỉnh quy định' : `**${price(amount)}**`;
  return channel === 'any' ? text : `${CHANNEL_NAMES[channel]} ${text}`;
}

function price(amount: number): string {
  return amount === 0 ? 'miễn phí' : formatDong(amount);
}

function groupByPurpose(fees: readonly Fee[]): Map<string, Fee[]> {
  const groups = new Map<string, Fee[]>();
  for (const fee of fees) {
    const purpose = withoutEnd(fee.for);
    groups.set(purpose, [...(groups.get(purpose) ?? []), fee]);
  }
  return groups;
}

function composeTime({ facts: { time } }: Material): string | null {
  if (!time) return null;
  return paragraphs(durationSentence(time.value), time.note);
}

function durationSentence(time: NonNullable<Facts['time']>['value']): string {
  if (time.value === 0) return 'Hồ sơ đầy đủ, hợp lệ được **giải quyết ngay trong ngày**.';
  return `Thời hạn giải quyết: **${formatDuration(time)}**, tính từ khi nhận đủ hồ sơ hợp lệ.`;
}

function composeWhere({ facts, context }: Material): string | null {
  const { agency, online } = facts;
  if (!agency) return null;
  return paragraphs(
    agencyText(agency, facts.level?.value ?? [], context.centre),
    agency.note,
    online && online.value !== 'none'
      ? 'Anh/chị cũng có thể nộp trực tuyến trên Cổng Dịch vụ công quốc gia.'
      : undefined,
  );
}

/** People's committees and departments receive at the one-stop desks; police and insurance have their own. */
const RECEIVES_AT_ONE_STOP_DESK = /UBND|[ỦU]y ban nhân dân|Uỷ ban nhân dân|(?<!\p{L})Sở /u;
const TELLS_THE_COUNTER = /nộp (?:hồ sơ )?(?:tại|ở)|Phục vụ hành chính công|Một cửa|điểm tiếp nhận/i;

function agencyText(
  { value, note = '' }: NonNullable<Facts['agency']>,
  levels: readonly string[],
  centre: Centre | undefined,
): string {
  const { name, rest } = agencyOf(value);
  if (!name) return sentence(value);
  if (TELLS_THE_COUNTER.test(`${value} ${note}`)) return paragraphs(`Cơ quan giải quyết: **${name}**.`, rest);
  if (!RECEIVES_AT_ONE_STOP_DESK.test(name))
    return paragraphs(`Cơ quan tiếp nhận, giải quyết: **${name}**.`, rest);
  const desk = `Anh/chị nộp hồ sơ tại ${oneStopDesk(levels, centre)}`;
  return paragraphs(`Cơ quan giải quyết: **${name}**.`, rest, desk);
}

/** The agency's name is the first sentence, more may follow; where it tells a way ("Nộp …"), there is no name. */
function agencyOf(value: string): { name: string | null; rest: string | undefined } {
  const [first = '', ...others] = value.split(/(?<=\.)\s+(?=\p{Lu})/u);
  if (/^Nộp\s/.test(first)) return { name: null, rest: undefined };
  return { name: withoutEnd(first), rest: others.length > 0 ? others.join(' ') : undefined };
}

function oneStopDesk(levels: readonly string[], centre: Centre | undefined): string {
  if (levels.includes('commune')) return 'Trung tâm Phục vụ hành chính công cấp xã';
  if (!levels.includes('province') || !centre) return 'Trung tâm Phục vụ hành chính công';
  return `${centre.name} (${withoutEnd(centre.contacts.address)})`;
}

const ONLINE_TEXTS = {
  full: 'Thủ tục này **nộp trực tuyến toàn trình** được: anh/chị nộp, bổ sung và theo dõi hồ sơ trên mạng; kết quả trả trực tuyến hoặc gửi qua bưu chính.',
  partial:
    'Thủ tục này **nộp trực tuyến một phần**: anh/chị gửi hồ sơ trên mạng được, nhưng vẫn có bước phải đến nơi tiếp nhận, ví dụ để đối chiếu bản chính.',
  none: 'Thủ tục này **chưa nộp trực tuyến được**; anh/chị vui lòng đến nộp tại nơi tiếp nhận hồ sơ.',
} as const;

function composeOnline({ facts: { online } }: Material): string | null {
  if (!online) return null;
  const how = 'Để nộp, anh/chị đăng nhập Cổng Dịch vụ công quốc gia bằng tài khoản VNeID.';
  return paragraphs(ONLINE_TEXTS[online.value], online.value === 'none' ? undefined : how, online.note);
}

function composeForms({ facts: { forms } }: Material): string | null {
  if (!forms) return null;
  const names = forms.value.map(({ name, url }) =>
    url ? `[${withoutEnd(name)}](${url})` : withoutEnd(name),
  );
  const allLinked = forms.value.every(({ url }) => url);
  const whereToGet = 'Mẫu có ở trang của thủ tục trên Cổng Dịch vụ công quốc gia và ở nơi tiếp nhận hồ sơ.';
  return paragraphs(
    listed('Mẫu đơn, tờ khai cần dùng', names),
    allLinked ? undefined : whereToGet,
    forms.note,
  );
}

function composeLegal({ facts: { legal }, context: { now } }: Material): string | null {
  if (!legal) return null;
  const lines = legal.value.map(text => `${citation(text)}${validity(text.validTo, now)}`);
  return paragraphs(listed('Căn cứ pháp lý', lines), legal.note);
}

/** What a number is the number of; laws and resolutions share QH, so their title tells. */
const LEGAL_TYPES: readonly [RegExp, string][] = [
  [/NĐ-CP$/i, 'Nghị định'],
  [/TTLT/i, 'Thông tư liên tịch'],
  [/TT-/i, 'Thông tư'],
  [/QĐ-/i, 'Quyết định'],
  [/NQ-/i, 'Nghị quyết'],
];

/** "Nghị định 70/2024/NĐ-CP: quy định chi tiết …", "Luật Căn cước, số 26/2023/QH15" */
function citation({ number, title }: { number: string; title?: string }): string {
  const type = LEGAL_TYPES.find(([pattern]) => pattern.test(number))?.[1];
  if (!title) return type ? `${type} ${number}` : `Văn bản số ${number}`;
  const bare = withoutEnd(title);
  if (bare.includes(number)) return bare;
  if (!type || bare.toLowerCase().startsWith(type.toLowerCase())) return `${bare}, số ${number}`;
  return `${type} ${number}: ${bare}`;
}

function validity(validTo: string | undefined, now: Date | undefined): string {
  if (!validTo) return '';
  const expired = now !== undefined && validTo < vietnamDay(now);
  return expired
    ? ` (đã **hết hiệu lực** sau ngày ${formatDate(validTo)})`
    : ` (hiệu lực đến hết ngày ${formatDate(validTo)})`;
}

function composeStatus({ context: { centre } }: Material): string {
  const ways = [
    'Trên Cổng Dịch vụ công quốc gia (dichvucong.gov.vn), ở mục tra cứu hồ sơ',
    'Trên ứng dụng VNeID, nếu anh/chị nộp hồ sơ trực tuyến bằng tài khoản VNeID',
    'Hỏi trực tiếp nơi đã nhận hồ sơ',
    ...(centre ? [`Gọi ${centre.name}: **${centre.contacts.phone}**`] : []),
  ];
  return listed('Anh/chị tra cứu tình trạng hồ sơ bằng **mã hồ sơ** ghi trên giấy tiếp nhận', ways);
}

/** A Markdown list with its title; only several items are worth a number. */
function listed(title: string, items: readonly string[], { numbered = false } = {}): string {
  const mark = (index: number) => (numbered && items.length > 1 ? `${index + 1}.` : '-');
  return `${title}:\n\n${items.map((item, index) => `${mark(index)} ${capitalise(item)}`).join('\n')}`;
}

/** Notes end in one full stop. */
function paragraphs(first: string, ...others: (string | undefined)[]): string {
  return [first, ...others.filter(text => text !== undefined).map(sentence)].join('\n\n');
}

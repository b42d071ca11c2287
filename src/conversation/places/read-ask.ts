import { fold, normaliseText } from '../../matcher/vietnamese/normalise.ts';
import type { Reading } from './find-places.ts';

/** What is asked about a place or its offices. */
export type Ask = {
  /** `merger`: which unit it is now, or what it is made of; `where`: where to go. */
  about: 'merger' | 'where' | null;
  roles: Role[];
  fields: OfficeField[];
  /** Nothing else is said. */
  isAll: boolean;
};

const OFFICE_FIELDS = ['phone', 'name', 'hours', 'address'] as const;
export type OfficeField = (typeof OFFICE_FIELDS)[number];

/** Whom citizens ask for: how they say it, without accents, and how staff write it in the directory. */
const ROLES = {
  viceChair: { title: 'Phó Chủ tịch UBND', said: /\bpho chu tich\b/g },
  chair: { title: 'Chủ tịch UBND', said: /(?<!\bpho )\bchu tich\b/g },
  secretary: { title: 'Bí thư Đảng ủy', said: /\bbi thu\b/g },
  police: { title: 'Công an', said: /\bcong an\b|\bca(?= (?:@|xa |phuong |p |x ))/g },
  centre: {
    title: 'Trung tâm Phục vụ hành chính công',
    said: /\btrung tam (?:phuc vu )?(?:hanh chinh(?: cong)?|hcc)\b|\b(?:tt)?pvhcc\b|\bhanh chinh cong\b|\bmot cua\b/g,
  },
  health: { title: 'Trạm y tế', said: /\btram y te\b|\btram xa\b/g },
  military: { title: 'Ban Chỉ huy quân sự', said: /\bquan su\b|\bxa doi\b|\bphuong doi\b/g },
  civilStatus: { title: 'Tư pháp - hộ tịch', said: /\btu phap\b|\bho tich\b/g },
  land: { title: 'Địa chính', said: /\bdia chinh\b/g },
  committee: { title: 'UBND', said: /\b(?:ubnd|uy ban(?: nhan dan)?|ub)\b/g },
} as const satisfies Record<string, { title: string; said: RegExp }>;

export type Role = keyof typeof ROLES;
const ROLE_IDS = Object.keys(ROLES) as Role[];

export function roleTitle(role: Role): string {
  return ROLES[role].title;
}

/** Whether what staff wrote ("Công an phường") is the role. */
export function isRole(written: string, role: Role): boolean {
  const plain = fold(normaliseText(written));
  const isCommittee =
    role === 'committee' && ROLE_IDS.some(one => one !== role && isSaid(ROLES[one].said, plain));
  return !isCommittee && isSaid(ROLES[role].said, plain);
}

const FIELDS: Record<OfficeField, RegExp> = {
  phone:
    /\b(?:so )?(?:dien thoai|dt|sdt|di dong|may ban|hotline|duong day nong)(?: (?:truc|ban|lien he))*\b|\bso may(?: truc)?\b|\b(?:goi|alo|bam)(?: (?:dien|cho|toi|den))? so(?: (?:nao|may|gi))?\b|\b(?:xin|cho) so(?= (?:cua |@|cong an|uy ban|ubnd|chu tich))|\blien (?:he|lac)\b|\bzalo\b|\btruc ban\b/g,
  name: /\b(?:la )?ai(?: la| lam)?\b|\bten (?:la )?gi\b|\bho (?:va )?ten\b|\bten (?:cua )?(?=(?:ong |ba |anh |chi )?(?:chu tich|pho|truong|bi thu))/g,
  hours:
    /\b(?:tu )?may (?:gio|h)\b|\bgio (?:lam viec|hanh chinh|mo cua|giac|tiep dan|dong cua)\b|\bmo cua\b|\bdong cua\b|\blam viec (?:den|tu|luc|ngay|thu|vao|cuoi|buoi)\b|\b(?:thu (?:bay|7|hai|sau|2|6)|chu nhat|cuoi tuan|t7|cn)\b|\blich (?:lam viec|tiep dan|truc)\b/g,
  address: /\bdia chi\b|\btru so\b|\bduong nao\b/g,
};

/** Who is asked for by name is a person; without one "ai" asks something else. */
const PEOPLE: readonly Role[] = ['chair', 'viceChair', 'secretary'];

export function isPerson(role: Role): boolean {
  return PEOPLE.includes(role);
}

const HEADS = /\btruong (?:cong an|tram|ban)\b|\bgiam doc\b|\blanh dao\b/g;

const NOW = '(?:nay|gio|bay gio|hien nay|hien gio|hien tai|moi|cu|da|duoc|bi|se)';
const UNIT = '(?:xa|phuong|dac khu|don vi|huyen|p|x)';
const MERGER = new RegExp(
  [
    `\\b(?:sap|sat) nhap\\b(?: (?:vao|voi|ve|thanh|lai|xong|roi))*`,
    `\\bnhap (?:vao|voi|ve|thanh|chung)\\b`,
    `\\b(?:gop|tach|chia) (?:vao|voi|thanh|ra|ve|cho)\\b`,
    `\\bdoi (?:ten|thanh)(?: thanh)?\\b`,
    `\\bten (?:moi|cu|goi)\\b`,
    `\\b(?:bao )?gom (?:nhung|cac|co|may)?\\b`,
    `\\b(?:truc )?thuoc(?: (?:ve|dia ban|${UNIT} nao|dau))?\\b`,
    `\\b(?:la|thanh|ve|sang|vao|voi|tu) (?:nhung |cac )?${UNIT} (?:nao|gi|cu nao|moi nao)\\b`,
    `\\b${UNIT} (?:nao|gi|moi nao|cu nao)\\b`,
    `\\bcon (?:ton tai|${UNIT}|khong|ko)\\b`,
    `@ ${NOW}*(?: ${NOW})* ?(?:la|thanh|goi la|goi) (?:gi|dau|the nao|sao)\\b`,
  ].join('|'),
  'g',
);
/** "ở đâu", "ra đâu"; "đầu" and "đau" are written alike without accents. */
const WHERE =
  /\b(?:nam )?(?:o|ra|den|toi|di|ve|hoi|nop|sang|qua|chuyen(?: (?:di|ve|sang|toi|qua))?) (?:dau|cho nao|noi nao|cho mo)\b|\b(?:cho|noi) nao\b/g;

const COMMUNE_WORDS = new Set(['xa', 'phuong', 'khu', 'p', 'x']);
const OFFICE_OF_UNIT = new RegExp(
  `(?:${ROLE_IDS.map(role => ROLES[role].said.source).join('|')})(?: ubnd| uy ban| cua)* (?:xa|phuong|dac khu|p|x)\\b`,
);

/** Papers of no kind: "làm giấy tờ", "nộp hồ sơ". */
const PAPERS = /\b(?:giay to|ho so|thu tuc|thong tin)\b/g;

/** Words that ask nothing by themselves; without accents, so none that is also a paper's or a thing's name. */
const FILLERS = new Set(
  (
    'a ah ad admin alo anh ay ba bac ban ben bay biet bo cac cai can cau chao chau chi chinh cho chu co con cua cu cung ' +
    'cam on da dang dan de den di dia duoc e em ghe gi giup gio gui gap goi ha hay hien hoi hom hon i k khi khong ko la lai ' +
    'lam len luc me minh mo moi muon nao nay nen nha nhe nhi nho nhu nguoi nhung nop o oi ong phai phuong qua que ra rang ' +
    'roi sau song tai the thi tim toi trong truoc tu ung vay van ve vi viec voi x xa xin y u uh vang huyen tp pho thanh ' +
    'tran khu dac tinh ty p quang ninh nhan thon to 1 2 3 7 day kia xua hom chieu sang trua may bao nhieu ai ten tren'
  ).split(' '),
);

/** "công an xã", "chủ tịch UBND phường": an office of a commune, whether that is named or not. */
export function namesOffice({ words, mentions }: Reading): boolean {
  const hasUnitWord = words.some(({ folded }) => COMMUNE_WORDS.has(folded));
  return hasUnitWord && OFFICE_OF_UNIT.test(shapeOf(words, mentions));
}

/**
 * Reads what is asked from the words around the places, without accents. `@` stands for a place, so that "so dien
 * thoai cong an @" is one shape for all of them.
 */
export function readAsk({ words, mentions }: Reading): Ask {
  const shape = shapeOf(words, mentions);
  const roles = ROLE_IDS.filter(role => isSaid(ROLES[role].said, shape));
  const asksWho = roles.some(isPerson) || isSaid(HEADS, shape);
  const fields = OFFICE_FIELDS.filter(field => isSaid(FIELDS[field], shape) && (field !== 'name' || asksWho));
  const rest = leftOver(shape, roles, fields);
  return {
    about: aboutOf(shape),
    roles: withoutOwner(roles),
    fields,
    isAll: rest.length === 0,
  };
}

function shapeOf(words: Reading['words'], mentions: Reading['mentions']): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of mentions) {
    parts.push(...words.slice(at, start).map(({ folded }) => folded), '@');
    at = end;
  }
  parts.push(...words.slice(at).map(({ folded }) => folded));
  return parts.join(' ');
}

function aboutOf(shape: string): Ask['about'] {
  if (isSaid(MERGER, shape)) return 'merger';
  return isSaid(WHERE, shape) ? 'where' : null;
}

/** The patterns are global, so that `replace` takes all; `search` keeps no place in them. */
function isSaid(pattern: RegExp, shape: string): boolean {
  return shape.search(pattern) >= 0;
}

/** "Chủ tịch UBND phường": the person, not the committee. */
function withoutOwner(roles: Role[]): Role[] {
  return roles.length > 1 ? roles.filter(role => role !== 'committee') : roles;
}

function leftOver(shape: string, roles: readonly Role[], fields: readonly OfficeField[]): string[] {
  const asked = [...roles.map(role => ROLES[role].said), ...fields.map(field => FIELDS[field])];
  const rest = [...asked, HEADS, MERGER, WHERE, PAPERS].reduce(
    (text, pattern) => text.replace(pattern, ' '),
    shape,
  );
  return rest.split(/[\s@]+/).filter(word => word !== '' && !FILLERS.has(word));
}

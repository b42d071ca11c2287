import type { Centre } from '../../domain/centre.ts';
import { type Choice, type Suggestion, TALK_TO_PERSON } from '../../domain/conversation.ts';
import { fullName, type Office, type PlaceName, type Places, type Unit } from '../../domain/places.ts';
import { type Article, topicRef } from '../../domain/topic.ts';
import { hoursText } from '../centre-text.ts';
import { evidenceLine } from '../facet-text.ts';
import { type Place, unitId } from './gazetteer.ts';
import { type Lookup, unitsOf } from './lookup.ts';
import { isRole, type OfficeField, type Role, roleTitle } from './read-ask.ts';

/** How the directory's answers are worded. Pure; everything is Markdown. */

/** More units are told in the text and asked for by name. */
const MAX_CHOICES = 5;
const LONGEST_LABEL = 20;

export function lookupText(lookup: Lookup, centre: Centre): string {
  const parts = lookup.kind === 'offices' ? officeParts(lookup, centre) : placeParts(lookup, centre);
  return parts.join('\n\n');
}

/** Asks which unit is meant. */
export function lookupQuestion(
  lookup: Lookup & { article: Article },
  centre: Centre,
): { text: string; choices: Choice[] } {
  const units = unitsOf(lookup);
  if (units.length === 0)
    return {
      text: `Anh/chị muốn hỏi ${officeName(lookup.roles)} của xã, phường hoặc đặc khu nào ở ${centre.province}? Vui lòng ghi tên, tên cũ cũng được.`,
      choices: [],
    };
  const told = lookup.places.map(describe);
  const isShort = units.length <= MAX_CHOICES;
  const ask = isShort
    ? 'Anh/chị chọn giúp đơn vị hiện nay của mình:'
    : 'Anh/chị ở xã, phường cũ nào? Vui lòng ghi tên để tôi cho biết đúng đơn vị hiện nay.';
  const text = [...told, ...sourceLines(units, centre), ask].join('\n\n');
  return { text, choices: isShort ? units.map(unit => unitChoice(unit, lookup.article)) : [] };
}

/** Where the directory has nothing a person may. */
export function lookupSuggestions({ kind, places }: Lookup, centre: Centre): Suggestion[] {
  const isKnown = unitsOf({ places }).some(unit => officesOf(unit, [], centre).length > 0);
  return kind === 'offices' && !isKnown ? [TALK_TO_PERSON] : [];
}

/** The line that a procedure's answer gets where the question names a former place. */
export function placeNote({ places }: Lookup, isOfCommune: boolean): string {
  return places
    .map(place => {
      const units = place.units.map(({ unit }) => unit);
      const centres = isOfCommune ? ` Thủ tục cấp xã nộp tại ${centreOf(units)}.` : '';
      if (place.standing === 'present')
        return isOfCommune ? `Tại ${titleOf(place)}: nộp tại ${centreOf(units)}.` : '';
      return `${capital(formerTitle(place))} nay thuộc ${units.map(bold).join(', ')}.${centres}`;
    })
    .filter(line => line !== '')
    .join('\n\n');
}

function centreOf(units: readonly Unit[]): string {
  const names = units.map(({ unit }) => fullName(unit));
  return `Trung tâm Phục vụ hành chính công ${names.length > 3 ? 'nơi mình ở' : names.join(' hoặc ')}`;
}

function placeParts({ places, about, roles }: Lookup, centre: Centre): string[] {
  const units = unitsOf({ places });
  const way = about === 'where' ? units.map(unit => wayTo(unit, roles, centre)) : [];
  return [...places.map(describe), ...way, ...sourceLines(units, centre)];
}

/** What a place is now. */
function describe(place: Place): string {
  const { units } = place;
  switch (place.standing) {
    case 'present':
      return describeUnit(units[0]!.unit);
    case 'former':
      return describeFormer(place);
    case 'district':
      return [
        `Không còn ${titleOf(place)} từ 01/07/2025. Địa bàn này nay thuộc ${units.length} đơn vị cấp xã:`,
        units
          .map(({ unit, communes }) => `- ${bold(unit)}: ${communes.map(asShare(unit)).join(', ')}`)
          .join('\n'),
      ].join('\n');
    default:
      return place.standing satisfies never;
  }
}

function describeUnit(unit: Unit): string {
  const title = fullName(unit.unit);
  const communes = unit.from.flatMap(({ district, whole, part }) => {
    const names = [...whole.map(fullName), ...part.map(name => `một phần ${fullName(name)}`)];
    return `${names.join(', ')} (${fullName(district)} cũ)`;
  });
  const isUnchanged = unit.from.every(
    ({ whole, part }) => part.length === 0 && whole.every(one => fullName(one) === title),
  );
  if (isUnchanged)
    return `${capital(bold(unit))} giữ nguyên, không sáp nhập (${fullName(unit.from[0]!.district)} cũ).`;
  return `${capital(bold(unit))}, từ 01/07/2025, gồm địa bàn cũ của: ${communes.join('; ')}.`;
}

function describeFormer(place: Place): string {
  const title = capital(formerTitle(place));
  const before =
    place.became.length > 0 ? ` trước đây đã nhập vào, hoặc trở thành, ${place.became.join(', ')};` : '';
  const [only, ...others] = place.units;
  if (only && others.length === 0) return `${title}${before} nay thuộc ${bold(only.unit)}.`;
  return [
    `${title}${before} nay được chia về ${place.units.length} đơn vị:`,
    place.units.map(({ unit }) => `- ${bold(unit)}`).join('\n'),
  ].join('\n');
}

/** "một phần xã Yên Than" where the rest went elsewhere. */
function asShare(unit: Unit): (commune: string) => string {
  const parts = new Set(unit.from.flatMap(({ part }) => part.map(fullName)));
  return commune => (parts.has(commune) ? `một phần ${commune}` : commune);
}

function wayTo(unit: Unit, roles: readonly Role[], centre: Centre): string {
  const asked: readonly Role[] = roles.length > 0 ? roles : ['committee', 'centre'];
  const known = officesOf(unit, asked, centre).filter(({ address }) => address);
  const title = fullName(unit.unit);
  const counter = `Thủ tục cấp xã nộp tại Trung tâm Phục vụ hành chính công ${title}.`;
  if (known.length > 0) return [counter, known.map(officeLines).join('\n\n')].join('\n\n');
  return `${counter} Địa chỉ ${officeName(roles)} ${title} chưa có trong danh bạ; anh/chị gọi ${switchboard(centre)} để được chỉ đường.`;
}

function officeParts({ places, roles, fields }: Lookup, centre: Centre): string[] {
  const moved = places.filter(({ standing }) => standing !== 'present').map(describe);
  const units = unitsOf({ places });
  return [...moved, ...units.map(unit => officeAnswer(unit, roles, fields, centre))];
}

const FIELD_NAMES: Record<OfficeField, string> = {
  phone: 'số điện thoại',
  name: 'họ tên',
  hours: 'giờ làm việc',
  address: 'địa chỉ',
};

/** What staff have filled in; what they have not is said to be not known. */
function officeAnswer(
  unit: Unit,
  roles: readonly Role[],
  fields: readonly OfficeField[],
  centre: Centre,
): string {
  const offices = officesOf(unit, roles, centre);
  const asked: readonly OfficeField[] = fields.length > 0 ? fields : ['phone', 'address', 'hours'];
  const missing = asked.filter(field => !offices.some(office => office[field]));
  const told = offices.filter(({ phone, name, hours, address }) => phone || name || hours || address);
  const unknown = `Tôi chưa có ${missing.map(field => FIELD_NAMES[field]).join(', ')} của ${officeName(roles)} **${fullName(unit.unit)}** trong danh bạ. Anh/chị gọi ${switchboard(centre)} để được cho biết.`;
  const urgent = roles.includes('police') ? ['Việc khẩn cấp về an ninh, trật tự: gọi **113**.'] : [];
  return [...told.map(officeLines), ...(missing.length > 0 ? [unknown] : []), ...urgent].join('\n\n');
}

function officesOf({ unit }: Unit, roles: readonly Role[], { offices = [] }: Centre): Office[] {
  return offices.filter(
    office =>
      fullName(office.unit) === fullName(unit) &&
      (roles.length === 0 || roles.some(role => isRole(office.role, role))),
  );
}

function officeLines({ unit, role, name, phone, hours, address, source, checkedOn }: Office): string {
  const rows = [
    name && `- Phụ trách: ${name}`,
    phone && `- Điện thoại: **${phone}**`,
    hours && `- Giờ làm việc: ${hours}`,
    address && `- Địa chỉ: ${address}`,
  ].filter(Boolean);
  const title = `**${officeTitle(role, unit)}**`;
  const evidence = source && checkedOn ? [`_${evidenceLine({ source, checkedOn, verified: true })}_`] : [];
  return [[title, ...rows].join('\n'), ...evidence].join('\n\n');
}

/** "Công an phường" and "Công an phường Hạ Long" are written for the same. */
function officeTitle(role: string, unit: PlaceName): string {
  if (role.toLowerCase().includes(unit.name.toLowerCase())) return role;
  return role.endsWith(` ${unit.kind}`) ? `${role} ${unit.name}` : `${role} ${fullName(unit)}`;
}

function officeName(roles: readonly Role[]): string {
  return roles.length > 0 ? roles.map(roleTitle).join(', ') : 'UBND';
}

function switchboard({ contacts, hours }: Centre): string {
  return `tổng đài **${contacts.phone}** (${hoursText(hours)})`;
}

function sourceLines(units: readonly Unit[], { places }: Centre): string[] {
  if (!places) return [];
  const verified = units.every(unit => isVerified(unit, places));
  return [`_${evidenceLine({ ...places.evidence, verified })}_`];
}

function isVerified(unit: Unit, { evidence }: Places): boolean {
  return unit.verified ?? evidence.verified;
}

function unitChoice(unit: Unit, article: Article): Choice {
  const name = capital(fullName(unit.unit));
  return {
    ...topicRef(article),
    id: `${article.id}/${unitId(unit)}`,
    name,
    label: name.slice(0, LONGEST_LABEL),
  };
}

function titleOf(place: Place): string {
  return fullName(place);
}

/** "phường Hồng Hải cũ (thành phố Hạ Long cũ)" */
function formerTitle(place: Place): string {
  return `**${titleOf(place)} cũ**${place.district ? ` (${place.district} cũ)` : ''}`;
}

function bold({ unit }: Unit): string {
  return `**${fullName(unit)}**`;
}

/** The first letter large, behind Markdown's asterisks too. */
function capital(text: string): string {
  return text.replace(/\p{L}/u, letter => letter.toUpperCase());
}

import type { Centre } from '../../domain/centre.ts';
import { type Choice, type Suggestion, TALK_TO_PERSON } from '../../domain/conversation.ts';
import { fullName, type Office, type PlaceName, type Unit } from '../../domain/places.ts';
import { type Article, topicRef } from '../../domain/topic.ts';
import { hoursText } from '../centre-text.ts';
import { evidenceLine } from '../facet-text.ts';
import { type Place, unitId } from './gazetteer.ts';
import { type Lookup, unitsOf } from './lookup.ts';
import { isPerson, isRole, type OfficeField, type Role, roleTitle } from './read-ask.ts';

/** How the directory's answers are worded. Pure; everything is Markdown. */

/** More units than these are asked for by their former wards' names. */
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
  const text = [...told, ...sourceLines(lookup.places, centre), ask].join('\n\n');
  return { text, choices: isShort ? units.map(unit => unitChoice(unit, lookup.article)) : [] };
}

/** Where the directory has nothing a person may. */
export function lookupSuggestions({ kind, places }: Lookup, centre: Centre): Suggestion[] {
  const isKnown = unitsOf({ places }).some(unit => officesOf(unit, [], centre).length > 0);
  return kind === 'offices' && !isKnown ? [TALK_TO_PERSON] : [];
}

/** The line that a procedure's answer gets where the question names a place. */
export function placeNote({ places }: Lookup, isOfCommune: boolean): string {
  return places.flatMap(place => noteOf(place, isOfCommune) ?? []).join('\n\n');
}

function noteOf(place: Place, isOfCommune: boolean): string | null {
  const units = place.units.map(({ unit }) => unit);
  const counter = isOfCommune ? ` ${counterOf(units)}` : '';
  if (place.standing === 'present') return isOfCommune ? counterOf(units) : null;
  const title = capital(formerTitle(place));
  if (units.length > MAX_CHOICES && !isOfCommune) return null;
  if (units.length > MAX_CHOICES)
    return `${title} nay thuộc ${units.length} đơn vị cấp xã; anh/chị ghi tên phường, xã cũ để biết đúng đơn vị.`;
  return `${title} nay thuộc ${units.map(bold).join(', ')}.${counter}`;
}

function counterOf(units: readonly Unit[]): string {
  const names = units.map(({ unit }) => fullName(unit));
  return `Thủ tục cấp xã nộp tại Trung tâm Phục vụ hành chính công ${names.join(' hoặc ')}.`;
}

function placeParts({ places, about, roles }: Lookup, centre: Centre): string[] {
  const units = unitsOf({ places });
  const way = about === 'where' ? units.map(unit => wayTo(unit, roles, centre)) : [];
  return [...places.map(describe), ...way, ...sourceLines(places, centre)];
}

/** What a place is now. */
function describe(place: Place): string {
  const { units } = place;
  switch (place.standing) {
    case 'present':
      return [describeUnit(units[0]!.unit), ...(place.divided ? [describeFormer(place.divided)] : [])].join(
        '\n\n',
      );
    case 'former':
      return describeFormer(place);
    case 'district':
      return [
        `${capital(formerTitle(place))} nay thuộc ${units.length} đơn vị cấp xã:`,
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
  const became = place.earlier?.became.join(', ');
  const title = `${capital(formerTitle(place))}${became ? `, trước đó đã thành hoặc nhập vào ${became},` : ''}`;
  const [only, ...others] = place.units;
  if (only && others.length === 0) return `${title} nay thuộc ${bold(only.unit)}.`;
  return [
    `${title} nay được chia về ${place.units.length} đơn vị:`,
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
  const counter = counterOf([unit]);
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

/** What is told of an office, or a person, where nothing is asked in particular. */
const OFFICE_CARD: readonly OfficeField[] = ['phone', 'hours', 'address'];
const PERSON_FIELDS: readonly OfficeField[] = ['name', 'phone'];

/** What staff have filled in; what they have not is said to be not known. */
function officeAnswer(
  unit: Unit,
  roles: readonly Role[],
  fields: readonly OfficeField[],
  centre: Centre,
): string {
  const offices = officesOf(unit, roles, centre);
  const asked = fields.length > 0 ? fields : roles.some(isPerson) ? PERSON_FIELDS : OFFICE_CARD;
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

/** The resolution, and who says what was before it. */
function sourceLines(told: readonly Place[], { places }: Centre): string[] {
  if (!places) return [];
  const { checkedOn } = places.evidence;
  const verified = unitsOf({ places: [...told] }).every(unit => unit.verified ?? places.evidence.verified);
  const earlier = told.flatMap(place => place.earlier ?? []);
  const lines = [{ ...places.evidence, verified }, ...earlier.map(one => ({ ...one, checkedOn }))];
  return [...new Set(lines.map(evidenceLine))].map(line => `_${line}_`);
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

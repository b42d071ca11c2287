import type { CATALOGUE_PARTS, Facts, Procedure, Topic } from '../../domain/topic.ts';
import { foldWording } from '../fold-wording.ts';
import { legalNumbers } from './legal-numbers.ts';
import type { CatalogueRecord } from './read-catalogue.ts';
import { dossiersOf, levelsOf } from './record-fields.ts';
import { rowsOf } from './record-rows.ts';

/** Where a curated procedure and the national catalogue differ; neither is right by itself. */
export type CatalogueDifference = {
  id: string;
  label: string;
  part: (typeof CATALOGUE_PARTS)[number];
  message: string;
  /** Why the file differs knowingly; null for a difference that nobody has looked at. */
  accepted: string | null;
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
      message === null
        ? []
        : [{ id: topic.id, label: topic.label, part, message, accepted: topic.differs?.[part] ?? null }];
    if (!record) return say('code', `the catalogue has no procedure ${topic.code}`);
    return [
      ...say('name', compareName(topic, record)),
      ...say('level', compareLevel(topic.facts, record)),
      ...say('url', compareUrl(topic.facts, record)),
      ...say('documents', compareDocuments(topic, record)),
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

function compareLevel({ level }: Facts, record: CatalogueRecord): string | null {
  const theirs = levelsOf(record);
  if (theirs.length === 0 || sameSet(level?.value ?? [], theirs)) return null;
  return `the catalogue has ${theirs.join(', ')}, the record ${level?.value.join(', ') ?? 'nothing'}`;
}

function compareUrl({ url }: Facts, { detail_url }: CatalogueRecord): string | null {
  return detail_url === '' || url === detail_url
    ? null
    : `the catalogue has ${detail_url}, the record ${url ?? 'nothing'}`;
}

/** A paper counts as named where the file names one with so many of its words, of the shorter of the two names. */
const SAME_PAPER = 0.5;

function compareDocuments({ facts, answers }: Procedure, record: CatalogueRecord): string | null {
  const ours = [...(facts.documents?.value.map(({ name }) => name) ?? []), answers.documents?.text ?? '']
    .flatMap(text => text.split(/\n+/))
    .map(wordsOf)
    .filter(words => words.size > 0);
  if (ours.length === 0) return null;
  const unnamed = dossiersOf(record)
    .flatMap(({ papers }) => papers.map(({ name }) => name))
    .filter(name => !ours.some(words => sharedWords(words, wordsOf(name)) >= SAME_PAPER));
  if (unnamed.length === 0) return null;
  return `the catalogue also asks for ${unnamed.map(name => `"${name.slice(0, 120)}"`).join('; ')}`;
}

function wordsOf(text: string): Set<string> {
  return new Set(
    foldWording(text)
      .split(' ')
      .filter(word => word.length > 1),
  );
}

function sharedWords(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter(word => b.has(word)).length;
  return shared / Math.max(1, Math.min(a.size, b.size));
}

function compareLegal({ legal }: Facts, { can_cu_phap_ly }: CatalogueRecord): string | null {
  const ours = new Set((legal?.value ?? []).flatMap(({ number }) => legalNumbers(number)).map(legalKey));
  const theirs = new Map(legalNumbers(can_cu_phap_ly).map(number => [legalKey(number), number]));
  const unnamed = [...theirs].filter(([key]) => !ours.has(key)).map(([, number]) => number);
  return unnamed.length === 0 ? null : `the catalogue also names ${unnamed.join(', ')}`;
}

/** "6/2025/TT": leading zeros, the issuer and the assembly's term are written now so, now so. */
function legalKey(number: string): string {
  const [ordinal, year, type = ''] = number.split('/');
  return `${Number(ordinal)}/${year}/${/^[A-ZĐ]+/u.exec(type)?.[0] ?? ''}`;
}

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

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every(item => b.includes(item));
}

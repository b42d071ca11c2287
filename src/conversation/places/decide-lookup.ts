import type { Session } from '../../domain/conversation.ts';
import type { Article, Topic } from '../../domain/topic.ts';
import type { Match } from '../../matcher/match.ts';
import { type DecideInput, decide, type Outcome, rememberedTopic, type Topics } from '../decide.ts';
import { findPlaces, type Reading, withoutPlaces } from './find-places.ts';
import type { Gazetteer } from './gazetteer.ts';
import { type Lookup, unitsOf } from './lookup.ts';
import { type Ask, namesOffice, readAsk } from './read-ask.ts';

/** A question that names places, or offices of a commune, and what the directory makes of it. */
export type PlaceQuestion = {
  reading: Reading;
  ask: Ask;
  /** What the directory could tell; null where nothing is asked of it. */
  lookup: Lookup | null;
};

/** A topic from here on (probability) says that the question is about something else. */
const RIVAL_CONFIDENCE = 0.5;
/** Somebody in danger, or with something to report, is not put off with an office's number. */
const ALARM_CONFIDENCE = 0.2;

/** Reads places, and what is asked about them or their offices; null where a text names neither. */
export function readPlaceQuestion(
  text: string,
  pending: Session['pending'],
  gazetteer: Gazetteer,
): PlaceQuestion | null {
  const reading = findPlaces(text, gazetteer);
  if (reading.mentions.length === 0 && !namesOffice(reading)) return null;
  const ask = readAsk(reading);
  return { reading, ask, lookup: lookupOf(reading, completed(ask, pending, gazetteer)) };
}

/** What the matcher sees of it: names of places are in no training phrase. */
export function textToMatch(text: string, question: PlaceQuestion | null): string {
  return question && question.reading.mentions.length > 0 ? withoutPlaces(question.reading) || text : text;
}

/** A name alone answers what was asked before: "số điện thoại công an xã" – "Xã nào ạ?" – "Quảng La". */
function completed(ask: Ask, pending: Session['pending'], gazetteer: Gazetteer): Ask {
  const isNameAlone = ask.isAll && ask.about === null && ask.fields.length === 0 && ask.roles.length === 0;
  if (!isNameAlone || !pending) return ask;
  const before = readAsk(findPlaces(pending.question, gazetteer));
  return before.isAll ? before : ask;
}

/** A unit that was asked back for; what is asked about it stands in the question. Null for any other tap. */
export function tappedLookup(
  topic: Topic,
  unitId: string | undefined,
  pending: Session['pending'],
  gazetteer: Gazetteer,
): Lookup | null {
  const place = gazetteer.unitById.get(unitId ?? '');
  if (!place || topic.kind !== 'article' || !topic.lookup) return null;
  const { roles, fields } = readAsk(findPlaces(pending?.question ?? '', gazetteer));
  return { kind: topic.lookup, places: [place], about: 'where', roles, fields };
}

/** Phone, name and hours are an office's; so is the way to an office of a present unit. */
function lookupOf({ mentions }: Reading, { about, roles, fields, isAll }: Ask): Lookup | null {
  const places = mentions.flatMap(mention => mention.places);
  const isOfToday = places.every(({ standing }) => standing === 'present');
  const wantsWay = about === 'where' || fields.includes('address');
  const namesOnlyOffice = isAll && roles.length > 0 && about === null && fields.length === 0;
  const asksOffice = fields.some(field => field !== 'address') || (wantsWay && roles.length > 0 && isOfToday);
  if (namesOnlyOffice) return { kind: 'offices', places, about, roles, fields };
  if (asksOffice)
    return { kind: 'offices', places, about, roles, fields: fields.length > 0 ? fields : ['address'] };
  const asksPlace = places.length > 0 && (about !== null || wantsWay || isAll);
  return asksPlace ? { kind: 'places', places, about: wantsWay ? 'where' : about, roles, fields } : null;
}

/** From what was read and matched to what is done. Pure. */
export function decideWithPlaces(question: PlaceQuestion | null, input: DecideInput): Outcome {
  if (!question) return decide(input);
  return decideLookup(question, input) ?? withPlaces(decide(input), question);
}

/** The directory's answer, where the question is its own; null leaves the question to the matcher's topics. */
function decideLookup(question: PlaceQuestion, input: DecideInput): Outcome | null {
  const { match, topics } = input;
  const { reading } = question;
  const lookup = question.lookup ?? lookupOfTopic(question, match, topics);
  const article = lookup && articleOf(lookup.kind, topics);
  if (!lookup || !article || isAlarm(match, topics) || followsUp(lookup, input)) return null;
  const rival = rivalConfidence(match, topics);
  if (!question.ask.isAll && rival >= RIVAL_CONFIDENCE) return null;
  const confidence = question.ask.isAll ? 1 : 1 - rival;
  const isOpen = reading.mentions.length < 2 && needsOneUnit(lookup) && unitsOf(lookup).length !== 1;
  if (isOpen)
    return { kind: 'clarification', candidates: [], facets: [], confidence, lookup: { ...lookup, article } };
  return { kind: 'answered', intents: [{ topicId: article.id, facets: [], lookup }], confidence };
}

/** A procedure that is filed somewhere keeps its answer, and tells what the place is called now. */
function withPlaces(outcome: Outcome, question: PlaceQuestion): Outcome {
  if (outcome.kind !== 'answered' || question.reading.mentions.length === 0) return outcome;
  const lookup = question.lookup ?? plainLookup('places', question);
  const intents = outcome.intents.map(intent =>
    lookup.about !== null || intent.facets.includes('where') ? { ...intent, lookup } : intent,
  );
  return { ...outcome, intents };
}

/** Words of asking that are not known here, but to the matcher. */
function lookupOfTopic(question: PlaceQuestion, { topics: [top] }: Match, topics: Topics): Lookup | null {
  const topic = top && topics.get(top.topicId)?.topic;
  const kind = topic?.kind === 'article' ? topic.lookup : undefined;
  const isNamed = question.reading.mentions.length > 0;
  return kind && top && isNamed && top.confidence >= RIVAL_CONFIDENCE ? plainLookup(kind, question) : null;
}

function plainLookup(kind: Lookup['kind'], { reading, ask }: PlaceQuestion): Lookup {
  const places = reading.mentions.flatMap(mention => mention.places);
  return { kind, places, about: null, roles: ask.roles, fields: ask.fields };
}

/** Where to go is one place; what a unit has become may be several. */
function needsOneUnit({ kind, about }: Lookup): boolean {
  return kind === 'offices' || about !== 'merger';
}

function articleOf(kind: Lookup['kind'], topics: Topics): Article | null {
  for (const { topic } of topics.values())
    if (topic.kind === 'article' && topic.lookup === kind) return topic;
  return null;
}

/** "Tôi ở Đầm Hà thì nộp ở đâu?", after a procedure was spoken of: that procedure's place. */
function followsUp({ kind, about, roles }: Lookup, { match, session, topics, now }: DecideInput): boolean {
  const isWay = kind === 'places' && about === 'where' && roles.length === 0;
  return isWay && match.facetOnly && rememberedTopic(session, topics, now) !== null;
}

function isAlarm({ topics: [top] }: Match, topics: Topics): boolean {
  const topic = top && topics.get(top.topicId)?.topic;
  const isReport = topic?.kind === 'article' && (topic.group === 'emergency' || topic.group === 'report');
  return isReport && top !== undefined && top.confidence >= ALARM_CONFIDENCE;
}

/** How sure it is that the question is about a topic that has no part in the directory. */
function rivalConfidence({ topics: [top], facetOnly }: Match, topics: Topics): number {
  const topic = top && topics.get(top.topicId)?.topic;
  if (!top || !topic || facetOnly) return 0;
  const isOurs = topic.kind === 'article' && (topic.group === 'contact' || topic.group === 'smalltalk');
  return isOurs || (topic.kind === 'article' && topic.outcome) ? 0 : top.confidence;
}

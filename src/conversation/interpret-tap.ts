import Fuse from 'fuse.js';
import { ACTIONS, type Choice, type PendingQuestion, type Session } from '../domain/conversation.ts';
import { type Facet, isFacet } from '../domain/facet.ts';
import type { Intent, Outcome, Topics } from './decide.ts';
import { tappedLookup } from './places/decide-lookup.ts';
import type { Gazetteer } from './places/gazetteer.ts';

/** What the citizen tapped, or typed in place of a tap; null when the text is a question of its own. */
export function interpretTap(
  message: { text: string; choiceId: string | null },
  session: Session,
  topics: Topics,
  gazetteer: Gazetteer | null = null,
): Outcome | null {
  const known = { topics, gazetteer };
  if (message.choiceId !== null) return tapped(message.choiceId, session.pending, known);
  if (!session.pending) return null;
  const choice = typedChoice(message.text, session.pending.choices);
  return choice === null ? null : tapped(choice, session.pending, known);
}

type Known = { topics: Topics; gazetteer: Gazetteer | null };

function tapped(choiceId: string, pending: PendingQuestion | null, { topics, gazetteer }: Known): Outcome {
  if (choiceId === ACTIONS.none) return { kind: 'fallback', reason: 'rejected', nearest: [], confidence: 0 };
  if (choiceId === ACTIONS.person) return { kind: 'handover', confidence: 1 };
  const [topicId = '', detail] = choiceId.split('/');
  const topic = topics.get(topicId)?.topic;
  if (!topic) return { kind: 'fallback', reason: 'unknown-tap', nearest: [], confidence: 0 };
  if (topic.kind === 'article' && topic.outcome === 'handover') return { kind: 'handover', confidence: 1 };
  const lookup = gazetteer && tappedLookup(topic, detail, pending, gazetteer);
  const facets = lookup ? [] : facetsOfTap(detail, topicId, pending);
  const intent: Intent = { topicId, facets, ...(lookup && { lookup }) };
  return { kind: 'answered', intents: [intent], confidence: 1 };
}

/** A choice of a question that was asked back answers the facets that the question asked for. */
function facetsOfTap(facet: string | undefined, topicId: string, pending: PendingQuestion | null): Facet[] {
  if (facet !== undefined) return isFacet(facet) ? [facet] : [];
  return pending?.choices.some(choice => choice.id === topicId) ? pending.facets : [];
}

const POLITE = '(?:\\s+(?:ạ|a|nhé|nhe|nha|đi|di|em|bạn|ban|thôi|thoi))*[\\s.!)]*';
/** "2", "số 3 ạ", "cái thứ 2", "chọn ý 1 nhé". */
const NUMBER = new RegExp(
  `^\\s*(?:(?:chọn|chon|lấy|lay|số|so|câu|cau|cái|cai|ý|y|mục|muc|thứ|thu)\\s+)*(\\d{1,2})${POLITE}$`,
  'iu',
);
const FIRST = new RegExp(
  `^\\s*(?:(?:chọn|cái|cai|ý|y|câu|cau|mục|muc)\\s+)*(?:đầu|dau)(?:\\s+(?:tiên|tien))?${POLITE}$`,
  'iu',
);
/** To a single choice. */
const YES = new RegExp(
  `^\\s*(?:đúng|dung|phải|phai|vâng|vang|dạ|da|ừ|ừm|u|uh|ok|oke|có|co|yes)(?:\\s+(?:rồi|roi|vậy|vay|thế|the))?${POLITE}$`,
  'iu',
);
const NO = new RegExp(`^\\s*(?:không|khong|ko|k|hông|hong|no)${POLITE}$`, 'iu');
/** "Ko phải mấy cái này", but not "không có hộ khẩu thì sao": that is a question of its own. */
const NONE =
  /^\s*(?:không|khong|ko)\s+(?:phải|phai|có|co|đúng|dung)(?:\s+(?:các|cac|những|nhung|mấy|may|cái|cai|ý|y|câu|cau|mục|muc|nào|nao|này|nay|đó|do|trên|tren|hết|het|cả|ca|đâu|dau|rồi|roi|ạ|a|nhé|nhe))*[\s.!]*$/iu;
/** A longer text is a question, not a name … */
const LONGEST_NAME = 60;
/** … and a shorter one ("có", "phí") stands in many names; so does one that is a small part of the label. */
const SHORTEST_NAME = 4;
const LEAST_SHARE_OF_LABEL = 1 / 3;
/** Fuse's distance: 0 is equal. Lets one wrong letter in a short title pass. */
const NAME_DISTANCE = 0.25;

/** "2", "số 2", "không phải", or the name of a choice as people misspell it. */
function typedChoice(text: string, choices: Choice[]): string | null {
  const number = NUMBER.exec(text)?.[1];
  if (number) return choices[Number(number) - 1]?.id ?? null;
  const [first] = choices;
  if (!first) return null;
  if (NONE.test(text) || NO.test(text)) return ACTIONS.none;
  if (FIRST.test(text) || (choices.length === 1 && YES.test(text))) return first.id;
  const typed = text.trim();
  if (typed.length < SHORTEST_NAME || typed.length > LONGEST_NAME) return null;
  const names = new Fuse(choices, {
    keys: ['label', 'name'],
    ignoreDiacritics: true,
    threshold: NAME_DISTANCE,
  });
  const [found] = names.search(typed);
  return found && typed.length >= found.item.label.length * LEAST_SHARE_OF_LABEL ? found.item.id : null;
}

import type { Centre } from '../domain/centre.ts';
import { ACTIONS, type Link, type Reply, type Suggestion, TALK_TO_PERSON } from '../domain/conversation.ts';
import { FACET_LABELS, type Facet } from '../domain/facet.ts';
import {
  type Article,
  type Evidence,
  evidenceOf,
  type Procedure,
  type Topic,
  topicRef,
} from '../domain/topic.ts';
import { answerableFacets } from '../knowledge/facets-of.ts';
import type { RankedTopic } from '../matcher/match.ts';
import { fillCentre, hoursText } from './centre-text.ts';
import type { FallbackReason, Intent, Outcome, Topics } from './decide.ts';
import { evidenceLine, facetText } from './facet-text.ts';
import type { Lookup } from './places/lookup.ts';
import { lookupQuestion, lookupSuggestions, lookupText, placeNote } from './places/lookup-text.ts';

/** A reply, and the facets of right topics that nobody has curated. */
export type Composed = { reply: Reply; missingFacets: Facet[] };

type Context = { topics: Topics; centre: Centre; now: Date };

const NONE: Suggestion = { id: ACTIONS.none, name: 'Không phải các ý trên' };
const MAX_SUGGESTIONS = 8;
const LONGEST_TITLE = 100;

/** From what is done to what is said. Pure. */
export function composeReply(outcome: Outcome, context: Context): Composed {
  switch (outcome.kind) {
    case 'answered':
      return composeAnswers(outcome.intents, outcome.confidence, context);
    case 'clarification':
      return { reply: composeClarification(outcome, context), missingFacets: [] };
    case 'fallback':
      return { reply: composeFallback(outcome, context), missingFacets: [] };
    case 'handover':
      return { reply: composeHandover(outcome.confidence, context), missingFacets: [] };
    default:
      return outcome satisfies never;
  }
}

const EMPTY = { topic: null, facet: null, facets: [], topics: [], choices: [], suggestions: [], links: [] };

function composeAnswers(intents: readonly Intent[], confidence: number, context: Context): Composed {
  const asked = intents.flatMap(({ topicId, facets, lookup }) => {
    const topic = context.topics.get(topicId)?.topic;
    return topic ? [{ topic, facets, lookup }] : [];
  });
  const answers = asked.map(({ topic, facets, lookup }) => composeAnswer(topic, facets, context, lookup));
  const parts =
    asked.length > 1 ? answers.map((part, i) => nameTaps(part, asked[i]?.topic.label ?? '')) : answers;
  const topics = asked.map(({ topic }) => topicRef(topic));
  const facets = [...new Set(parts.flatMap(part => part.facets))];
  const reply: Reply = {
    outcome: 'answered',
    confidence,
    topic: topics[0] ?? null,
    facet: facets[0] ?? null,
    facets,
    topics,
    choices: [],
    suggestions: interleave(parts.map(part => part.suggestions)).slice(0, MAX_SUGGESTIONS),
    links: parts.flatMap(part => part.links),
    text: parts.map(part => part.text).join('\n\n---\n\n'),
  };
  return { reply, missingFacets: parts.flatMap(part => part.missing) };
}

/** Beside another topic's, a tap and a link say whose they are. */
function nameTaps(part: AnswerPart, label: string): AnswerPart {
  return {
    ...part,
    suggestions: part.suggestions.map(({ id, name }) => ({ id, name: `${label}: ${name.toLowerCase()}` })),
    links: part.links.map(({ title, url }) => ({ title: `${label}: ${title.toLowerCase()}`, url })),
  };
}

type AnswerPart = {
  text: string;
  facets: Facet[];
  missing: Facet[];
  suggestions: Suggestion[];
  links: Link[];
};

function composeAnswer(
  topic: Topic,
  facets: readonly Facet[],
  context: Context,
  lookup: Lookup | undefined,
): AnswerPart {
  if (topic.kind === 'procedure') return composeProcedure(topic, facets, context, lookup);
  return lookup && topic.lookup ? composeLookup(topic, lookup, context) : composeArticle(topic, context);
}

function composeLookup(article: Article, lookup: Lookup, { centre }: Context): AnswerPart {
  const suggestions = lookupSuggestions(lookup, centre);
  return { text: lookupText(lookup, centre), facets: [], missing: [], suggestions, links: article.links };
}

function composeArticle(article: Article, { centre }: Context): AnswerPart {
  const text = [fillCentre(article.answer.text, centre), ...articleEvidence(article)].join('\n\n');
  return { text, facets: [], missing: [], suggestions: [], links: article.links };
}

/** In an emergency every line but the number is in the way; small talk has no source. */
function articleEvidence({ group, answer: { source, checkedOn, verified } }: Article): string[] {
  if (group === 'emergency' || group === 'smalltalk' || !source || !checkedOn) return [];
  return evidenceLines([{ source, checkedOn, verified: verified ?? false }]);
}

/** The asked facets first; where one is not curated, the overview with it. Then source and date. */
function composeProcedure(
  procedure: Procedure,
  asked: readonly Facet[],
  { centre, now }: Context,
  lookup: Lookup | undefined,
): AnswerPart {
  const overlay = centre.overlay[procedure.id] ?? {};
  const facets: Facet[] = asked.length > 0 ? [...asked] : ['overview'];
  const answers = facets.map(facet => ({ facet, ...facetText(procedure, facet, { overlay, centre, now }) }));
  const missing = answers.filter(answer => !answer.known).map(answer => answer.facet);
  const overview =
    missing.length > 0 && !facets.includes('overview')
      ? [{ facet: 'overview' as const, ...facetText(procedure, 'overview', { overlay, centre, now }) }]
      : [];
  const sections = [...answers, ...overview];
  const note = lookup && placeNote(lookup, procedure.facts.level?.value.includes('commune') ?? false);
  return {
    text: [
      `**${titleOf(procedure)}**`,
      ...sections.map(section => fillCentre(section.text, centre)),
      ...(note ? [note] : []),
      ...(procedure.origin === 'catalogue' ? [FROM_CATALOGUE] : []),
      ...evidenceLines(sections.map(section => evidenceOf(section.evidence, procedure.facts.evidence))),
    ].join('\n\n'),
    facets,
    missing,
    suggestions: answerableFacets(procedure, overlay)
      .filter(facet => !facets.includes(facet))
      .map(facet => ({ id: `${procedure.id}/${facet}`, name: FACET_LABELS[facet] })),
    links: procedure.facts.url
      ? [{ title: 'Xem trên Cổng Dịch vụ công quốc gia', url: procedure.facts.url }]
      : [],
  };
}

/** Said where nobody of the centre has read the answer. */
const FROM_CATALOGUE =
  '_Nội dung được lấy tự động từ Cổng Dịch vụ công quốc gia, cán bộ Trung tâm chưa biên tập._';

/** Some official titles run to a thousand characters. */
function titleOf({ name, label }: Procedure): string {
  return name.length <= LONGEST_TITLE ? name : label;
}

/** Each source once. */
function evidenceLines(evidence: readonly Evidence[]): string[] {
  return [...new Set(evidence.map(evidenceLine))].map(line => `_${line}_`);
}

/** Of two topics each has a turn in the taps, so that neither is crowded out. */
function interleave(lists: readonly (readonly Suggestion[])[]): Suggestion[] {
  const longest = Math.max(0, ...lists.map(list => list.length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap(list => list[i] ?? [])).flat();
}

const ASK_BACK = {
  one: 'Có phải anh/chị đang hỏi về nội dung này không?',
  several: 'Để trả lời đúng ý, anh/chị chọn giúp nội dung đang cần hỏi:',
} as const;

function composeClarification(
  { candidates, facets, confidence, lookup }: Extract<Outcome, { kind: 'clarification' }>,
  context: Context,
): Reply {
  if (lookup) {
    const asked = lookupQuestion(lookup, context.centre);
    return { ...EMPTY, outcome: 'clarification', confidence, ...asked, suggestions: [TALK_TO_PERSON] };
  }
  const choices = refsOf(candidates, context.topics);
  const about = facets.map(facet => FACET_LABELS[facet].toLowerCase()).join(' và ');
  const text =
    choices.length > 0
      ? ASK_BACK[choices.length === 1 ? 'one' : 'several']
      : `Anh/chị muốn hỏi ${about || 'thông tin'} của thủ tục nào? Vui lòng ghi tên thủ tục, ví dụ: đăng ký khai sinh.`;
  const suggestions = choices.length > 0 ? [NONE, TALK_TO_PERSON] : [TALK_TO_PERSON];
  return { ...EMPTY, outcome: 'clarification', confidence, facets, choices, suggestions, text };
}

function composeFallback(
  { reason, nearest, confidence, articleId }: Extract<Outcome, { kind: 'fallback' }>,
  { topics, centre }: Context,
): Reply {
  const article = topics.get(articleId ?? '')?.topic;
  const said =
    article?.kind === 'article' ? [fillCentre(article.answer.text, centre)] : FALLBACK_TEXTS[reason](centre);
  const choices = refsOf(nearest, topics);
  const offer = choices.length > 0 ? ['Có thể anh/chị đang tìm một trong các nội dung dưới đây.'] : [];
  const text = [...said, ...offer].join('\n\n');
  return { ...EMPTY, outcome: 'fallback', confidence, choices, suggestions: [TALK_TO_PERSON], text };
}

const FALLBACK_TEXTS: Record<FallbackReason, (centre: Centre) => string[]> = {
  'not-understood': centre => [
    'Xin lỗi, tôi chưa hiểu câu hỏi này hoặc chưa có thông tin để trả lời. Anh/chị thử hỏi lại ngắn gọn, nêu tên thủ tục hoặc việc cần làm nhé.',
    `Câu hỏi đã được ghi lại để cán bộ bổ sung. Nếu cần gấp, anh/chị gọi **${centre.contacts.phone}** (${hoursText(centre.hours)}).`,
  ],
  // Said where its article was withdrawn meanwhile.
  'off-topic': centre => [
    `Tôi chỉ giúp được về thủ tục hành chính, địa chỉ, giờ làm việc và cách gửi phản ánh của ${centre.name}.`,
  ],
  rejected: centre => [
    'Xin lỗi vì tôi chưa tìm được đúng nội dung anh/chị cần. Câu hỏi đã được ghi lại để cán bộ bổ sung.',
    `Anh/chị có thể hỏi lại theo cách khác, hoặc gọi **${centre.contacts.phone}** (${hoursText(centre.hours)}).`,
  ],
  'no-words': () => [
    'Tôi chỉ đọc được câu hỏi bằng chữ. Anh/chị vui lòng gõ nội dung cần hỏi, ví dụ: làm căn cước cần gì?',
  ],
  'unknown-tap': () => ['Nội dung này không còn nữa. Anh/chị vui lòng gõ lại câu hỏi nhé.'],
};

function composeHandover(confidence: number, { centre }: Context): Reply {
  const { phone, email } = centre.contacts;
  const text = [
    `Anh/chị có thể gặp cán bộ của ${centre.name} qua số **${phone}**${email ? ` hoặc email ${email}` : ''}.`,
    `Giờ làm việc: ${hoursText(centre.hours)}.`,
    'Câu hỏi của anh/chị đã được ghi lại để cán bộ xem. Trong lúc chờ, tôi vẫn ở đây nếu anh/chị muốn hỏi về thủ tục.',
  ].join('\n\n');
  const links: Link[] = /^[\d\s.+()-]+$/.test(phone)
    ? [{ title: `Gọi ${phone}`, url: `tel:${phone.replace(/[^\d+]/g, '')}` }]
    : [];
  return { ...EMPTY, outcome: 'handover', confidence, links, text };
}

function refsOf(ranked: readonly RankedTopic[], topics: Topics) {
  return ranked.flatMap(({ topicId }) => {
    const topic = topics.get(topicId)?.topic;
    return topic ? [topicRef(topic)] : [];
  });
}

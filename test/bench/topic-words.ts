import { FACETS } from '../../src/domain/facet.ts';
import type { FacetPhrases } from '../../src/domain/knowledge.ts';
import type { Topic } from '../../src/domain/topic.ts';
import { fold, normaliseText } from '../../src/matcher/vietnamese/normalise.ts';
import { canonicalTone } from '../../src/matcher/vietnamese/syllable.ts';

/** A word in this share of the topics tells no topics apart by itself … */
const COMMON_SHARE = 0.15;
/** … unless it marks the topic: in this share of its phrases, and this many times as often as on average. */
const MARKING_SHARE = 0.08;
const MARKING_LIFT = 3;

const WORD = /([\p{L}\p{N}]+)/u;

/** A phrase with slots where its content words stand; `withAccents` tells how the slots are to be filled. */
export type Template = { pieces: readonly (string | Slot)[]; withAccents: boolean };
type Slot = { word: string };

export type TopicWords = {
  /** Words of letters alone that name some topic and are common in none. */
  contentWords: readonly string[];
  /**
   * Slots stand where a word names the topic ("khai", "sinh", "sổ", "đỏ"), not where any topic's questions have the
   * word ("giấy tờ", "lệ phí", "ở đâu"). A phrase written without accents is read with its commonest accents.
   */
  templateOf: (phrase: string, topicId: string) => Template;
};

/** Counts the words of the project's own phrases: content words are rare, or mark the topic that they stand in. */
export function countTopicWords(topics: readonly Topic[], facets: FacetPhrases): TopicWords {
  const restore = accentRestorer(topics);
  const read = (phrase: string): string[] => {
    const words = wordsOf(phrase);
    return words.some(isAccented) ? words : words.map(restore);
  };
  const facetWords = new Set(FACETS.flatMap(facet => facets[facet]).flatMap(read));
  const shares = sharesByTopic(topics, read);
  const isShared = (word: string) =>
    facetWords.has(word) || (shares.get(word)?.size ?? 0) >= COMMON_SHARE * topics.length;
  const marks = (word: string, topicId: string): boolean => {
    const byTopic = [...(shares.get(word) ?? [])];
    const share = byTopic.find(([id]) => id === topicId)?.[1] ?? 0;
    const mean = byTopic.reduce((total, [, one]) => total + one, 0) / topics.length;
    return share >= MARKING_SHARE && share >= MARKING_LIFT * mean;
  };
  const isContent = (word: string, topicId: string) =>
    !/\d/.test(word) && (marks(word, topicId) || !isShared(word));
  return {
    contentWords: [...shares.keys()].filter(word => /^\p{L}{2,}$/u.test(word) && !isShared(word)),
    templateOf: (phrase, topicId) => {
      const withAccents = wordsOf(phrase).some(isAccented);
      const pieces = normaliseText(phrase)
        .split(WORD)
        .map((piece, i) => {
          // Words stand between the gaps, so at the odd places.
          const word = i % 2 === 0 ? null : withAccents ? canonicalTone(piece) : restore(piece);
          return word !== null && isContent(word, topicId) ? { word } : piece;
        });
      return { pieces, withAccents };
    },
  };
}

/** The phrase with other words in its slots, without accents where the original has none. */
export function fillTemplate({ pieces, withAccents }: Template, replace: (word: string) => string): string {
  return pieces
    .map(piece => {
      if (typeof piece === 'string') return piece;
      const other = replace(piece.word);
      return withAccents ? other : fold(other);
    })
    .join('');
}

/** How many words the template replaces. */
export function slotsOf({ pieces }: Template): number {
  return pieces.filter(piece => typeof piece !== 'string').length;
}

function wordsOf(text: string): string[] {
  return normaliseText(text)
    .split(WORD)
    .filter((_, i) => i % 2 === 1)
    .map(canonicalTone);
}

function isAccented(word: string): boolean {
  return fold(word) !== word;
}

/** "khai" → "khai", "dang" → "đăng": the form that is commonest in phrases written with accents. */
function accentRestorer(topics: readonly Topic[]): (word: string) => string {
  const counts = new Map<string, number>();
  for (const words of topics
    .flatMap(topic => topic.phrases.map(wordsOf))
    .filter(words => words.some(isAccented)))
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const commonest = new Map<string, string>();
  for (const [word] of [...counts].sort(([, a], [, b]) => a - b)) commonest.set(fold(word), word);
  return word => commonest.get(word) ?? word;
}

/** word → topic → the share of the topic's phrases that hold the word. */
function sharesByTopic(topics: readonly Topic[], read: (phrase: string) => string[]) {
  const shares = new Map<string, Map<string, number>>();
  for (const { id, phrases } of topics)
    for (const phrase of phrases)
      for (const word of new Set(read(phrase))) {
        const byTopic = shares.get(word) ?? new Map<string, number>();
        byTopic.set(id, (byTopic.get(id) ?? 0) + 1 / phrases.length);
        shares.set(word, byTopic);
      }
  return shares;
}

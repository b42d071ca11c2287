import type { CompiledLexicon } from '../vietnamese/lexicon.ts';
import { readText } from '../vietnamese/reader.ts';
import { tokenise } from '../vietnamese/tokens.ts';

/** Shared words, as a share of all words of both texts (Jaccard), from which on two texts say the same. */
const SAME_WORDING = 0.8;

/**
 * The number of each phrase's group, in the order of the phrases. A test phrase whose twin was trained on measures
 * memory, so phrases that say nearly the same belong on the same side of a split: those with equal sets of folded
 * words, and those that share most of them once the lexicon has spelled them out; joined transitively.
 */
export function groupNearDuplicates(phrases: readonly string[], lexicon: CompiledLexicon): number[] {
  const groups = new Groups(phrases.length);
  joinEqual(phrases.map(typedWords), groups);
  joinSimilar(
    phrases.map(phrase => standardWords(phrase, lexicon)),
    groups,
  );
  return phrases.map((_, i) => groups.of(i));
}

function typedWords(phrase: string): string[] {
  return distinct(tokenise(phrase));
}

function standardWords(phrase: string, lexicon: CompiledLexicon): string[] {
  const { tokens, standard } = readText(phrase, lexicon, null);
  return distinct(standard ?? tokens);
}

function distinct(tokens: readonly { folded: string }[]): string[] {
  return [...new Set(tokens.map(({ folded }) => folded))];
}

function joinEqual(texts: readonly string[][], groups: Groups): void {
  const firstWith = new Map<string, number>();
  texts.forEach((words, i) => {
    const key = [...words].sort().join(' ');
    if (key === '') return;
    const first = firstWith.get(key);
    if (first === undefined) firstWith.set(key, i);
    else groups.join(first, i);
  });
}

/** Each text meets only those before it that share a word. */
function joinSimilar(texts: readonly string[][], groups: Groups): void {
  const textsWith = new Map<string, number[]>();
  texts.forEach((words, i) => {
    for (const [other, shared] of countShared(words, textsWith)) {
      const all = words.length + (texts[other]?.length ?? 0) - shared;
      if (shared / all >= SAME_WORDING) groups.join(other, i);
    }
    for (const word of words) {
      const list = textsWith.get(word);
      if (list) list.push(i);
      else textsWith.set(word, [i]);
    }
  });
}

function countShared(words: readonly string[], textsWith: ReadonlyMap<string, number[]>) {
  const shared = new Map<number, number>();
  for (const word of words) {
    for (const other of textsWith.get(word) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
  }
  return shared;
}

/** Union-find: joining two items joins their whole groups. A group's number is its smallest item. */
class Groups {
  private readonly parents: number[];

  constructor(size: number) {
    this.parents = Array.from({ length: size }, (_, i) => i);
  }

  of(item: number): number {
    let root = item;
    while (this.parents[root] !== root) root = this.parents[root] as number;
    this.parents[item] = root;
    return root;
  }

  join(a: number, b: number): void {
    const [low, high] = [this.of(a), this.of(b)].sort((x, y) => x - y) as [number, number];
    this.parents[high] = low;
  }
}

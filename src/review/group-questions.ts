import type { UnansweredQuestion } from '../domain/conversation.ts';
import { tokenise } from '../matcher/vietnamese/tokens.ts';

/** Unanswered questions of near-equal wording, with and without accents. */
export type Cluster = {
  /** The wording that occurs most often; of equal ones the first. */
  wording: string;
  /** Oldest first. */
  questions: UnansweredQuestion[];
  firstSeen: string;
  lastSeen: string;
};

/** Two wordings are near-equal when they share this much of their words and pairs (Dice's coefficient). */
const NEAR_EQUAL = 0.7;

/**
 * Groups questions, the most frequent wording first. A question joins the first cluster whose opening wording is
 * near-equal to its own, so that the groups do not depend on what came between.
 */
export function groupQuestions(questions: readonly UnansweredQuestion[]): Cluster[] {
  const groups: { parts: ReadonlySet<string>; questions: UnansweredQuestion[] }[] = [];
  const byWording = new Map<string, (typeof groups)[number]>();
  for (const question of questions) {
    const words = tokenise(question.text).map(({ folded }) => folded);
    const wording = words.join(' ');
    let group = byWording.get(wording);
    if (!group) {
      const parts = partsOf(words);
      group = groups.find(candidate => similarity(candidate.parts, parts) >= NEAR_EQUAL);
      if (!group) {
        group = { parts, questions: [] };
        groups.push(group);
      }
      byWording.set(wording, group);
    }
    group.questions.push(question);
  }
  return groups
    .map(group => toCluster(group.questions))
    .sort((a, b) => b.questions.length - a.questions.length);
}

function partsOf(words: readonly string[]): Set<string> {
  return new Set([...words, ...words.slice(1).map((word, i) => `${words[i]} ${word}`)]);
}

function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 && b.size === 0) return 1;
  let shared = 0;
  for (const part of a) if (b.has(part)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}

function toCluster(questions: UnansweredQuestion[]): Cluster {
  const counts = new Map<string, number>();
  for (const { text } of questions) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [[wording] = ['']] = [...counts].sort((a, b) => b[1] - a[1]);
  const times = questions.map(({ at }) => at).sort();
  return { wording, questions, firstSeen: times[0] ?? '', lastSeen: times.at(-1) ?? '' };
}

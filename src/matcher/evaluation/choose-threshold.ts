/**
 * What a threshold is to maximise: the mean of in-scope accuracy and out-of-scope recall, overall accuracy, or
 * in-scope accuracy where at least this share of the out-of-scope texts is rejected.
 */
export type Objective = 'balanced' | 'overall' | { minRecall: number };

/** `balanced`, `overall`, or `recall:0.7`; null for anything else. */
export function parseObjective(name: string): Objective | null {
  if (name === 'balanced' || name === 'overall') return name;
  const minRecall = Number(/^recall:(0?\.\d+|1)$/.exec(name)?.[1]);
  return Number.isNaN(minRecall) ? null : { minRecall };
}

export type Scored = { confidence: number; isInScope: boolean; isRight: boolean };

/** The confidence from which on a text is accepted; of equal ones the lowest. */
export function chooseThreshold(scored: readonly Scored[], objective: Objective): number {
  const ascending = [...scored].sort((a, b) => a.confidence - b.confidence);
  const inScope = scored.filter(({ isInScope }) => isInScope).length;
  const outOfScope = scored.length - inScope;
  const value = (right: number, rejected: number) => {
    const [accuracy, recall] = [right / Math.max(1, inScope), rejected / Math.max(1, outOfScope)];
    if (objective === 'overall') return right + rejected;
    if (objective === 'balanced') return accuracy + recall;
    return recall >= objective.minRecall ? 1 + accuracy : recall;
  };
  let right = scored.filter(({ isRight }) => isRight).length;
  let rejected = 0;
  let best = { threshold: 0, value: value(right, rejected) };
  ascending.forEach(({ confidence, isInScope, isRight }, i) => {
    if (isRight) right -= 1;
    if (!isInScope) rejected += 1;
    const next = ascending[i + 1]?.confidence ?? 1;
    const reached = value(right, rejected);
    if (next > confidence && reached > best.value)
      best = { threshold: (confidence + next) / 2, value: reached };
  });
  return best.threshold;
}

/**
 * What a threshold is to maximise: the mean of in-scope accuracy and out-of-scope recall, overall accuracy, or
 * in-scope accuracy where surely (95 %) at least this share of out-of-scope texts is rejected.
 */
export type Objective = 'balanced' | 'overall' | { minRecall: number };

/** `balanced`, `overall`, or `recall:0.7`; null for anything else. */
export function parseObjective(name: string): Objective | null {
  if (name === 'balanced' || name === 'overall') return name;
  const minRecall = Number(/^recall:(0?\.\d+|1)$/.exec(name)?.[1]);
  return Number.isNaN(minRecall) ? null : { minRecall };
}

/** One-sided 95 %: of a hundred out-of-scope texts 83 must be rejected to be sure of three quarters. */
const Z = 1.645;

/** Wilson's lower bound of a share seen in `n` cases. */
function lowerBound(share: number, n: number): number {
  if (n === 0) return 0;
  const spread = Z * Math.sqrt((share * (1 - share) + Z ** 2 / (4 * n)) / n);
  return (share + Z ** 2 / (2 * n) - spread) / (1 + Z ** 2 / n);
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
    return lowerBound(recall, outOfScope) >= objective.minRecall ? 1 + accuracy : recall;
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

/** What a threshold is to maximise: the mean of in-scope accuracy and out-of-scope recall, or overall accuracy. */
export const OBJECTIVES = ['balanced', 'overall'] as const;
export type Objective = (typeof OBJECTIVES)[number];

export type Scored = { confidence: number; isInScope: boolean; isRight: boolean };

/** The confidence from which on a text is accepted; of equal ones the lowest. */
export function chooseThreshold(scored: readonly Scored[], objective: Objective): number {
  const ascending = [...scored].sort((a, b) => a.confidence - b.confidence);
  const inScope = scored.filter(({ isInScope }) => isInScope).length;
  const outOfScope = scored.length - inScope;
  const value = (right: number, rejected: number) =>
    objective === 'overall'
      ? right + rejected
      : right / Math.max(1, inScope) + rejected / Math.max(1, outOfScope);
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

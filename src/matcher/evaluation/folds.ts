import { randomNumbers, shuffle } from '../random.ts';

/**
 * The fold (0 … `folds` - 1) of each item: groups stay whole, folds are as equal in size as the groups allow, and
 * the same seed gives the same folds.
 * @param groups the group's number of each item
 */
export function assignFolds(groups: readonly number[], { folds, seed }: { folds: number; seed: number }) {
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  // The largest first, while every fold has room; among equals chance decides.
  const ordered = shuffle([...sizes], randomNumbers(seed)).sort(([, a], [, b]) => b - a);
  const filled = Array.from({ length: folds }, () => 0);
  const foldOf = new Map<number, number>();
  for (const [group, size] of ordered) {
    const emptiest = filled.indexOf(Math.min(...filled));
    filled[emptiest] = (filled[emptiest] ?? 0) + size;
    foldOf.set(group, emptiest);
  }
  return groups.map(group => foldOf.get(group) as number);
}

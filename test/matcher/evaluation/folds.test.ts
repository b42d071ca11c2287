import { describe, expect, it } from 'vitest';
import { assignFolds } from '../../../src/matcher/evaluation/folds.ts';

const GROUPS = Array.from({ length: 97 }, (_, i) => (i < 12 ? 0 : i < 20 ? 12 : i));
const sizes = (folds: readonly number[]) =>
  Array.from({ length: 10 }, (_, fold) => folds.filter(own => own === fold).length);

describe('folds', () => {
  const folds = assignFolds(GROUPS, { folds: 10, seed: 7 });

  it('keep each group whole', () => {
    expect(new Set(folds.slice(0, 12)).size).toBe(1);
    expect(new Set(folds.slice(12, 20)).size).toBe(1);
  });

  it('are as equal as the groups allow', () => {
    const [largest, ...others] = sizes(folds).sort((a, b) => b - a);
    expect(largest).toBe(12);
    expect(Math.max(...others) - Math.min(...others)).toBeLessThanOrEqual(1);
  });

  it('are the same for the same seed and others for another', () => {
    expect(assignFolds(GROUPS, { folds: 10, seed: 7 })).toEqual(folds);
    expect(assignFolds(GROUPS, { folds: 10, seed: 8 })).not.toEqual(folds);
  });
});

import { expect, it } from 'vitest';
import { randomNumbers } from '../../src/matcher/random.ts';

it('draws the same numbers for the same seed, spread over 0 to 1', () => {
  const draw = (seed: number) => Array.from({ length: 1000 }, randomNumbers(seed));
  const numbers = draw(1);
  expect(draw(1)).toEqual(numbers);
  expect(draw(2)).not.toEqual(numbers);
  expect(numbers.every(number => number >= 0 && number < 1)).toBe(true);
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  expect(mean).toBeCloseTo(0.5, 1);
});

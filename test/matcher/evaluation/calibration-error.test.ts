import { describe, expect, it } from 'vitest';
import { calibrationError } from '../../../src/matcher/evaluation/calibration-error.ts';

const forecasts = (confidence: number, right: number, wrong: number) => [
  ...Array.from({ length: right }, () => ({ confidence, isRight: true })),
  ...Array.from({ length: wrong }, () => ({ confidence, isRight: false })),
];

describe('the expected calibration error', () => {
  it('is nothing where as much comes true as was promised', () => {
    expect(calibrationError([...forecasts(0.75, 3, 1), ...forecasts(0.25, 1, 3)]).error).toBeCloseTo(0, 10);
  });

  it('weighs the gap of each bin by the texts in it', () => {
    // 0.9 promised and 0.5 kept, eight times of ten; 0.2 promised and none kept, twice.
    expect(calibrationError([...forecasts(0.9, 4, 4), ...forecasts(0.2, 0, 2)]).error).toBeCloseTo(0.36, 10);
  });

  it('lets too much and too little confidence in one bin cancel out, but not across bins', () => {
    expect(calibrationError([...forecasts(0.52, 1, 0), ...forecasts(0.48, 0, 1)]).error).toBeCloseTo(
      0.48,
      10,
    );
    expect(calibrationError([...forecasts(0.52, 1, 0), ...forecasts(0.56, 0, 1)]).error).toBeCloseTo(
      0.04,
      10,
    );
  });

  it('lists ten bins, full confidence in the last, empty ones without means', () => {
    const { bins } = calibrationError([...forecasts(1, 1, 1), ...forecasts(0, 0, 1)]);
    expect(bins).toHaveLength(10);
    expect(bins[9]).toEqual({ from: 0.9, to: 1, n: 2, meanConfidence: 1, accuracy: 0.5 });
    expect(bins[0]).toMatchObject({ n: 1, meanConfidence: 0, accuracy: 0 });
    expect(bins[5]).toMatchObject({ n: 0, meanConfidence: null, accuracy: null });
  });

  it('is nothing without forecasts', () => {
    expect(calibrationError([]).error).toBe(0);
  });
});

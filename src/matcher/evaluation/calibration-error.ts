/** What was promised for one text, and what came true. */
export type Forecast = {
  /** 0–1. */
  confidence: number;
  isRight: boolean;
};

/** The forecasts with a confidence from `from` (inclusive) to `to`; the means are null where there are none. */
export type ReliabilityBin = {
  from: number;
  to: number;
  n: number;
  meanConfidence: number | null;
  accuracy: number | null;
};

const BINS = 10;

/**
 * Expected calibration error (0–1) over ten bins of equal width: how far confidence and accuracy lie apart, weighted
 * by the texts in each bin (Naeini et al., "Obtaining Well Calibrated Probabilities Using Bayesian Binning", 2015).
 */
export function calibrationError(forecasts: readonly Forecast[]): { error: number; bins: ReliabilityBin[] } {
  const bins = Array.from({ length: BINS }, (_, bin) =>
    toBin(
      bin,
      forecasts.filter(({ confidence }) => binOf(confidence) === bin),
    ),
  );
  const error = bins.reduce((sum, { n, meanConfidence, accuracy }) => {
    return sum + n * Math.abs((meanConfidence ?? 0) - (accuracy ?? 0));
  }, 0);
  return { error: error / Math.max(1, forecasts.length), bins };
}

/** Full confidence belongs to the last bin. */
function binOf(confidence: number): number {
  return Math.min(BINS - 1, Math.floor(confidence * BINS));
}

function toBin(bin: number, forecasts: readonly Forecast[]): ReliabilityBin {
  const n = forecasts.length;
  const sum = forecasts.reduce((total, { confidence }) => total + confidence, 0);
  const right = forecasts.filter(({ isRight }) => isRight).length;
  return {
    from: bin / BINS,
    to: (bin + 1) / BINS,
    n,
    meanConfidence: n > 0 ? sum / n : null,
    accuracy: n > 0 ? right / n : null,
  };
}

import type { SparseVector } from './vectoriser.ts';

/**
 * One-versus-rest linear support vector machines with squared hinge loss, trained by dual coordinate descent
 * (Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM", ICML 2008).
 * One-versus-rest, because the scores of unrelated classes stay low for a text that belongs to none.
 */
export type LinearModel = {
  readonly classCount: number;
  /** Fills `scores` (length `classCount`): about 1 for texts of the class, -1 for texts of others. */
  score(vector: SparseVector, scores: Float32Array): void;
};

export type SvmOptions = {
  /** Cost of an error; higher fits the training texts more closely. */
  cost: number;
  /** Passes over the training texts at most. */
  epochs: number;
  /** Stops when no text of a pass violates its margin by more than this. */
  tolerance: number;
};

const SVM_DEFAULTS: SvmOptions = { cost: 1, epochs: 8, tolerance: 0.3 };

/** `labels[i]` lists the classes of `vectors[i]`, normally one. The same input gives the same model. */
export function trainLinearSvm(
  vectors: readonly SparseVector[],
  labels: readonly (readonly number[])[],
  classCount: number,
  featureCount: number,
  options: SvmOptions = SVM_DEFAULTS,
): LinearModel {
  const weights = new Float32Array((featureCount + 1) * classCount);
  const training: Training = {
    model: linearModel(weights, classCount, featureCount),
    weights,
    bias: featureCount * classCount,
    alphas: new Float32Array(vectors.length * classCount),
    diagonal: 0.5 / options.cost,
    scores: new Float32Array(classCount),
  };
  const order = Int32Array.from(vectors, (_, i) => i);
  const random = randomNumbers(1);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    for (let i = order.length - 1; i > 0; i -= 1) swap(order, i, Math.floor(random() * (i + 1)));
    let violation = 0;
    for (const i of order) {
      violation = Math.max(
        violation,
        descend(training, vectors[i] as SparseVector, labels[i] as number[], i),
      );
    }
    if (violation <= options.tolerance) break;
  }
  return training.model;
}

type Training = {
  model: LinearModel;
  /** Feature-major, so that a text's scores in all classes walk memory in order; the last row is the bias. */
  weights: Float32Array;
  bias: number;
  /** The dual variables: one for each text and class. */
  alphas: Float32Array;
  diagonal: number;
  scores: Float32Array;
};

/** One text's coordinate step in every class that it violates; returns its largest violation. */
function descend(training: Training, vector: SparseVector, own: readonly number[], text: number): number {
  const { model, alphas, diagonal, scores } = training;
  const { classCount } = model;
  const curvature = squareOf(vector) + 1 + diagonal;
  const row = text * classCount;
  let violation = 0;
  model.score(vector, scores);
  for (let label = 0; label < classCount; label += 1) {
    const sign = own.includes(label) ? 1 : -1;
    const old = alphas[row + label] as number;
    const gradient = sign * (scores[label] as number) - 1 + diagonal * old;
    if (Math.abs(gradient) < IDLE || (old === 0 && gradient > 0)) continue;
    violation = Math.max(violation, Math.abs(gradient));
    const updated = Math.max(old - gradient / curvature, 0);
    alphas[row + label] = updated;
    addToClass(training, vector, label, (updated - old) * sign);
  }
  return violation;
}

function addToClass(training: Training, { ids, values }: SparseVector, label: number, step: number): void {
  const { weights, bias, model } = training;
  const { classCount } = model;
  for (let i = 0; i < ids.length; i += 1) {
    const at = (ids[i] as number) * classCount + label;
    weights[at] = (weights[at] as number) + step * (values[i] as number);
  }
  weights[bias + label] = (weights[bias + label] as number) + step;
}

function squareOf({ values }: SparseVector): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += (values[i] as number) ** 2;
  return sum;
}

/**
 * What the learnt bias of every class is added to: a text without any evidence starts exactly at the margin of "not
 * this class", so that training spends its steps on the texts that share something with the class.
 */
const OFFSET = -1;
/** A step for a smaller violation costs more than it brings. */
const IDLE = 0.03;

function linearModel(weights: Float32Array, classCount: number, featureCount: number): LinearModel {
  const score = ({ ids, values }: SparseVector, scores: Float32Array) => {
    const bias = featureCount * classCount;
    for (let label = 0; label < classCount; label += 1)
      scores[label] = OFFSET + (weights[bias + label] as number);
    for (let i = 0; i < ids.length; i += 1) {
      const row = (ids[i] as number) * classCount;
      const value = values[i] as number;
      for (let label = 0; label < classCount; label += 1) {
        scores[label] = (scores[label] as number) + value * (weights[row + label] as number);
      }
    }
  };
  return { classCount, score };
}

function swap(order: Int32Array, a: number, b: number): void {
  const kept = order[a] as number;
  order[a] = order[b] as number;
  order[b] = kept;
}

/** Mulberry32: small, seeded, good enough to shuffle with. Numbers in [0, 1). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

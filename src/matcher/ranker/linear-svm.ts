import { randomNumbers } from '../random.ts';
import type { SparseVector } from './sparse-vector.ts';

/**
 * One-versus-rest linear support vector machines with squared hinge loss, trained by dual coordinate descent
 * (Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM", ICML 2008).
 * One-versus-rest, because the scores of unrelated classes stay low for a text that belongs to none.
 * Only the weights that count are kept, by feature, so that scoring touches no more than a text's own features.
 */
export type LinearModel = {
  biases: Float32Array;
  /** The entries of feature `f` are those from `starts[f]` to before `starts[f + 1]`. */
  starts: Int32Array;
  classes: Uint16Array;
  weights: Float32Array;
};

export type SvmOptions = {
  /** Cost of an error; higher fits the training texts more closely. */
  cost: number;
  /** Passes over the training texts at most. */
  epochs: number;
  /** Stops when no text of a pass violates its margin by more than this. */
  tolerance: number;
};

const SVM_DEFAULTS: SvmOptions = { cost: 2, epochs: 8, tolerance: 0.3 };
/**
 * What the learnt bias of every class is added to: a text without any evidence starts exactly at the margin of "not
 * this class", so that training spends its steps on the texts that share something with the class.
 */
const OFFSET = -1;
/** A step for a smaller violation costs more than it brings. */
const IDLE = 0.03;
/** Smaller weights are left out: together they move no score by more than a few hundredths. */
const NEGLIGIBLE = 0.02;

/** Fills `scores` (one per class): about 1 for texts of the class, -1 for texts of others. */
export function scoreClasses(model: LinearModel, { ids, values }: SparseVector, scores: Float32Array): void {
  const { biases, starts, classes, weights } = model;
  for (let label = 0; label < biases.length; label += 1) scores[label] = OFFSET + (biases[label] as number);
  for (let i = 0; i < ids.length; i += 1) {
    const id = ids[i] as number;
    const value = values[i] as number;
    const end = starts[id + 1] as number;
    for (let at = starts[id] as number; at < end; at += 1) {
      const label = classes[at] as number;
      scores[label] = (scores[label] as number) + value * (weights[at] as number);
    }
  }
}

/** The weight of a feature for a class; 0 where it says nothing. */
export function weightOf({ starts, classes, weights }: LinearModel, id: number, label: number): number {
  const at = classes.subarray(starts[id], starts[id + 1]).indexOf(label);
  return at < 0 ? 0 : (weights[(starts[id] as number) + at] as number);
}

/** `labels[i]` lists the classes of `vectors[i]`, normally one. The same input gives the same model. */
export function trainLinearSvm(
  vectors: readonly SparseVector[],
  labels: readonly (readonly number[])[],
  classCount: number,
  featureCount: number,
  options: SvmOptions = SVM_DEFAULTS,
): LinearModel {
  const training: Training = {
    classCount,
    weights: new Float32Array(featureCount * classCount),
    biases: new Float32Array(classCount),
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
      const step = descend(training, vectors[i] as SparseVector, labels[i] as number[], i);
      violation = Math.max(violation, step);
    }
    if (violation <= options.tolerance) break;
  }
  return compact(training, featureCount);
}

type Training = {
  classCount: number;
  /** Dense and feature-major, so that a text's scores in all classes walk memory in order. */
  weights: Float32Array;
  biases: Float32Array;
  /** The dual variables: one for each text and class. */
  alphas: Float32Array;
  diagonal: number;
  scores: Float32Array;
};

/** One text's coordinate step in every class that it violates; returns its largest violation. */
function descend(training: Training, vector: SparseVector, own: readonly number[], text: number): number {
  const { classCount, alphas, diagonal, scores } = training;
  const curvature = squareOf(vector) + 1 + diagonal;
  const row = text * classCount;
  let violation = 0;
  scoreDense(training, vector);
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

function scoreDense({ classCount, weights, biases, scores }: Training, { ids, values }: SparseVector): void {
  for (let label = 0; label < classCount; label += 1) scores[label] = OFFSET + (biases[label] as number);
  for (let i = 0; i < ids.length; i += 1) {
    const row = (ids[i] as number) * classCount;
    const value = values[i] as number;
    for (let label = 0; label < classCount; label += 1) {
      scores[label] = (scores[label] as number) + value * (weights[row + label] as number);
    }
  }
}

function addToClass(training: Training, { ids, values }: SparseVector, label: number, step: number): void {
  const { weights, biases, classCount } = training;
  for (let i = 0; i < ids.length; i += 1) {
    const at = (ids[i] as number) * classCount + label;
    weights[at] = (weights[at] as number) + step * (values[i] as number);
  }
  biases[label] = (biases[label] as number) + step;
}

function squareOf({ values }: SparseVector): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += (values[i] as number) ** 2;
  return sum;
}

function compact({ weights: dense, biases, classCount }: Training, featureCount: number): LinearModel {
  const counts = (weight: number) => Math.abs(weight) >= NEGLIGIBLE;
  let size = 0;
  for (let i = 0; i < dense.length; i += 1) if (counts(dense[i] as number)) size += 1;
  const starts = new Int32Array(featureCount + 1);
  const classes = new Uint16Array(size);
  const weights = new Float32Array(size);
  let at = 0;
  for (let id = 0; id < featureCount; id += 1) {
    for (let label = 0; label < classCount; label += 1) {
      const weight = dense[id * classCount + label] as number;
      if (!counts(weight)) continue;
      classes[at] = label;
      weights[at] = weight;
      at += 1;
    }
    starts[id + 1] = at;
  }
  return { biases, starts, classes, weights };
}

function swap(order: Int32Array, a: number, b: number): void {
  const kept = order[a] as number;
  order[a] = order[b] as number;
  order[b] = kept;
}

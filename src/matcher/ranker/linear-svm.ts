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
  /** Stops when the projected gradients of a pass lie within this. */
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
  const data = flatten(vectors);
  // Feature-major, so that scoring a text walks memory in order; the last row is the bias.
  const weights = new Float32Array((featureCount + 1) * classCount);
  const one = new Float64Array(featureCount + 1);
  for (let label = 0; label < classCount; label += 1) {
    one.fill(0);
    const signs = Int8Array.from(labels, of => (of.includes(label) ? 1 : -1));
    trainOne(data, signs, one, options, label);
    for (let feature = 0; feature <= featureCount; feature += 1) {
      weights[feature * classCount + label] = one[feature] as number;
    }
  }
  return linearModel(weights, classCount, featureCount);
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

type Flat = { starts: Int32Array; ids: Int32Array; values: Float32Array; squares: Float64Array };

function flatten(vectors: readonly SparseVector[]): Flat {
  const starts = new Int32Array(vectors.length + 1);
  vectors.forEach((vector, i) => {
    starts[i + 1] = (starts[i] as number) + vector.ids.length;
  });
  const total = starts[vectors.length] as number;
  const [ids, values] = [new Int32Array(total), new Float32Array(total)];
  const squares = new Float64Array(vectors.length);
  vectors.forEach((vector, i) => {
    ids.set(vector.ids, starts[i]);
    values.set(vector.values, starts[i]);
    squares[i] = vector.values.reduce((sum, value) => sum + value * value, 1);
  });
  return { starts, ids, values, squares };
}

/** Fills `w` (features, then the bias) for one class against the rest. */
function trainOne(data: Flat, signs: Int8Array, w: Float64Array, options: SvmOptions, seed: number): void {
  const { starts, ids, values, squares } = data;
  const count = signs.length;
  const bias = w.length - 1;
  const diagonal = 0.5 / options.cost;
  const alpha = new Float64Array(count);
  const order = Int32Array.from({ length: count }, (_, i) => i);
  const random = randomNumbers(seed + 1);
  let active = count;
  let bound = Number.POSITIVE_INFINITY;

  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    let highest = 0;
    let lowest = 0;
    for (let i = active - 1; i > 0; i -= 1) swap(order, i, Math.floor(random() * (i + 1)));
    for (let at = 0; at < active; at += 1) {
      const i = order[at] as number;
      const from = starts[i] as number;
      const to = starts[i + 1] as number;
      const sign = signs[i] as number;
      let dot = OFFSET + (w[bias] as number);
      for (let k = from; k < to; k += 1) dot += (values[k] as number) * (w[ids[k] as number] as number);
      const old = alpha[i] as number;
      const gradient = sign * dot - 1 + diagonal * old;
      if (old === 0 && gradient > bound) {
        // Safely classified: leave it out until the others have settled.
        active -= 1;
        swap(order, at, active);
        at -= 1;
        continue;
      }
      const projected = old === 0 ? Math.min(gradient, 0) : gradient;
      highest = Math.max(highest, projected);
      lowest = Math.min(lowest, projected);
      if (Math.abs(projected) < IDLE) continue;
      const updated = Math.max(old - gradient / ((squares[i] as number) + diagonal), 0);
      const step = (updated - old) * sign;
      alpha[i] = updated;
      for (let k = from; k < to; k += 1) {
        const id = ids[k] as number;
        w[id] = (w[id] as number) + step * (values[k] as number);
      }
      w[bias] = (w[bias] as number) + step;
    }
    if (highest - lowest <= options.tolerance) {
      if (active === count) return;
      active = count;
      bound = Number.POSITIVE_INFINITY;
      continue;
    }
    bound = highest > 0 ? highest : Number.POSITIVE_INFINITY;
  }
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

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
  /** Passes over the texts near a class's border in each round at most. */
  passes: number;
  /** A round or a class ends when no text violates its margin by more than this. */
  tolerance: number;
};

const SVM_DEFAULTS: SvmOptions = { cost: 2, passes: 4, tolerance: 0.3 };
/** A round looks at all texts once, picks those that violate their margin, and learns from them alone. */
const ROUNDS = 4;
/** The first round learns from a class's own texts and so many others. */
const FEWEST_OTHERS = 600;
const OTHERS_PER_OWN = 4;
/**
 * What the learnt bias of every class is added to: a text without any evidence starts exactly at the margin of "not
 * this class", so that training spends its steps on the texts that share something with the class.
 */
const OFFSET = -1;
/** A step for a smaller violation costs more than it brings. */
const IDLE = 0.03;
/** A text takes part from this violation on … */
const NEAR = 0.15;
/** … by the weights that tell something. */
const TELLING = 0.05;
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

/**
 * `labels[i]` lists the classes of `vectors[i]`, normally one. The same input gives the same model.
 * One class after the other, in rounds: a class is learnt from its own texts first, then from those others that come
 * too near, until none does. Of thousands of texts a few hundred take part in one class's border.
 */
export function trainLinearSvm(
  vectors: readonly SparseVector[],
  labels: readonly (readonly number[])[],
  classCount: number,
  featureCount: number,
  options: SvmOptions = SVM_DEFAULTS,
): LinearModel {
  const texts = joinVectors(vectors);
  const postings = invert(texts, featureCount);
  const biases = new Float32Array(classCount);
  const learnt: ClassWeights[] = [];
  const weights = new Float32Array(featureCount);
  for (let label = 0; label < classCount; label += 1) {
    const signs = Int8Array.from(labels, own => (own.includes(label) ? 1 : -1));
    weights.fill(0);
    biases[label] = trainClass({ texts, postings, signs, weights }, options);
    learnt.push(whatCounts(weights));
  }
  return byFeature(learnt, biases, featureCount);
}

/** All vectors in one piece: text `i` has the features from `starts[i]` to before `starts[i + 1]`. */
type Texts = { starts: Int32Array; ids: Int32Array; values: Float32Array; squares: Float32Array };
/** The same by feature: `ids` are texts. */
type Postings = Omit<Texts, 'squares'>;
/** `signs`: 1 for the class's texts, -1 for others. `weights` are zero at first and filled. */
type ClassTraining = { texts: Texts; postings: Postings; signs: Int8Array; weights: Float32Array };

/** Returns the bias. */
function trainClass(training: ClassTraining, { cost, passes, tolerance }: SvmOptions): number {
  const { texts, signs, weights } = training;
  const diagonal = 0.5 / cost;
  const alphas = new Float32Array(signs.length);
  const scores = new Float32Array(signs.length);
  const random = randomNumbers(1);
  let bias = 0;

  /** One step towards the margin; returns how far the text was from it, or `NO_PART` where it needs no step. */
  const learn = (text: number): number => {
    const sign = signs[text] as number;
    const old = alphas[text] as number;
    const gradient = sign * (OFFSET + bias + dot(texts, text, weights)) - 1 + diagonal * old;
    if (old === 0 && gradient > 0) return NO_PART;
    if (Math.abs(gradient) < IDLE) return 0;
    const updated = Math.max(old - gradient / ((texts.squares[text] as number) + 1 + diagonal), 0);
    alphas[text] = updated;
    const step = (updated - old) * sign;
    addTo(weights, texts, text, step);
    bias += step;
    return Math.abs(gradient);
  };

  for (let round = 0; round < ROUNDS; round += 1) {
    if (round > 0) scoreTexts(training, bias, scores);
    const active = round === 0 ? firstTexts(signs) : nearBorder({ signs, alphas, scores });
    if (round > 0 && active.worst <= tolerance) break;
    let size = active.texts.length;
    for (let pass = 0; pass < passes; pass += 1) {
      shuffle(active.texts, size, random);
      let largest = 0;
      for (let at = 0; at < size; at += 1) {
        const violation = learn(active.texts[at] as number);
        largest = Math.max(largest, violation);
        if (violation === NO_PART) {
          size -= 1;
          swap(active.texts, at, size);
          at -= 1;
        }
      }
      if (largest <= tolerance) break;
    }
  }
  return bias;
}

const NO_PART = -1;

/** `worst`: the largest violation among texts that took no part so far. */
type Active = { texts: Int32Array; worst: number };

/** The class's own texts, and some of the others from all over the knowledge. */
function firstTexts(signs: Int8Array): Active {
  const own = signs.reduce((count, sign) => (sign > 0 ? count + 1 : count), 0);
  const others = signs.length - own;
  const every = Math.max(1, Math.floor(others / Math.max(FEWEST_OTHERS, own * OTHERS_PER_OWN)));
  const texts: number[] = [];
  signs.forEach((sign, text) => {
    if (sign > 0 || text % every === 0) texts.push(text);
  });
  return { texts: Int32Array.from(texts), worst: Number.POSITIVE_INFINITY };
}

type Looked = { signs: Int8Array; alphas: Float32Array; scores: Float32Array };

/** The texts that take part in the class's border, and those that violate their margin. */
function nearBorder({ signs, alphas, scores }: Looked): Active {
  const texts: number[] = [];
  let worst = 0;
  for (let text = 0; text < signs.length; text += 1) {
    const violation = 1 - (signs[text] as number) * (scores[text] as number);
    const takesPart = (alphas[text] as number) > 0;
    if (!takesPart) worst = Math.max(worst, violation);
    if (takesPart || violation > NEAR) texts.push(text);
  }
  return { texts: Int32Array.from(texts), worst };
}

/** The scores of all texts, by the features that have a weight. */
function scoreTexts(
  { postings: { starts, ids, values }, weights }: ClassTraining,
  bias: number,
  scores: Float32Array,
): void {
  scores.fill(OFFSET + bias);
  for (let id = 0; id < weights.length; id += 1) {
    const weight = weights[id] as number;
    if (Math.abs(weight) < TELLING) continue;
    const end = starts[id + 1] as number;
    for (let i = starts[id] as number; i < end; i += 1) {
      const text = ids[i] as number;
      scores[text] = (scores[text] as number) + weight * (values[i] as number);
    }
  }
}

function dot({ starts, ids, values }: Texts, text: number, weights: Float32Array): number {
  const end = starts[text + 1] as number;
  let sum = 0;
  for (let i = starts[text] as number; i < end; i += 1)
    sum += (values[i] as number) * (weights[ids[i] as number] as number);
  return sum;
}

function addTo(weights: Float32Array, { starts, ids, values }: Texts, text: number, step: number): void {
  const end = starts[text + 1] as number;
  for (let i = starts[text] as number; i < end; i += 1) {
    const id = ids[i] as number;
    weights[id] = (weights[id] as number) + step * (values[i] as number);
  }
}

function joinVectors(vectors: readonly SparseVector[]): Texts {
  const starts = new Int32Array(vectors.length + 1);
  vectors.forEach(({ ids }, i) => {
    starts[i + 1] = (starts[i] as number) + ids.length;
  });
  const size = starts[vectors.length] as number;
  const [ids, values] = [new Int32Array(size), new Float32Array(size)];
  vectors.forEach((vector, i) => {
    ids.set(vector.ids, starts[i]);
    values.set(vector.values, starts[i]);
  });
  return { starts, ids, values, squares: Float32Array.from(vectors, squareOf) };
}

function invert(texts: Texts, featureCount: number): Postings {
  const starts = new Int32Array(featureCount + 1);
  for (const id of texts.ids) starts[id + 1] = (starts[id + 1] as number) + 1;
  for (let id = 0; id < featureCount; id += 1)
    starts[id + 1] = (starts[id + 1] as number) + (starts[id] as number);
  const [ids, values] = [new Int32Array(texts.ids.length), new Float32Array(texts.ids.length)];
  const ends = starts.slice();
  for (let text = 0; text + 1 < texts.starts.length; text += 1) {
    for (let i = texts.starts[text] as number; i < (texts.starts[text + 1] as number); i += 1) {
      const id = texts.ids[i] as number;
      const at = ends[id] as number;
      ends[id] = at + 1;
      ids[at] = text;
      values[at] = texts.values[i] as number;
    }
  }
  return { starts, ids, values };
}

function squareOf({ values }: SparseVector): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += (values[i] as number) ** 2;
  return sum;
}

type ClassWeights = { ids: Int32Array; values: Float32Array };

function whatCounts(weights: Float32Array): ClassWeights {
  const ids: number[] = [];
  for (let id = 0; id < weights.length; id += 1)
    if (Math.abs(weights[id] as number) >= NEGLIGIBLE) ids.push(id);
  return { ids: Int32Array.from(ids), values: Float32Array.from(ids, id => weights[id] as number) };
}

function byFeature(learnt: readonly ClassWeights[], biases: Float32Array, featureCount: number): LinearModel {
  const starts = new Int32Array(featureCount + 1);
  for (const { ids } of learnt) for (const id of ids) starts[id + 1] = (starts[id + 1] as number) + 1;
  for (let id = 0; id < featureCount; id += 1)
    starts[id + 1] = (starts[id + 1] as number) + (starts[id] as number);
  const size = starts[featureCount] as number;
  const [classes, weights] = [new Uint16Array(size), new Float32Array(size)];
  const ends = starts.slice();
  learnt.forEach(({ ids, values }, label) => {
    ids.forEach((id, i) => {
      const at = ends[id] as number;
      classes[at] = label;
      weights[at] = values[i] as number;
      ends[id] = at + 1;
    });
  });
  return { biases, starts, classes, weights };
}

function shuffle(order: Int32Array, size: number, random: () => number): void {
  for (let i = size - 1; i > 0; i -= 1) swap(order, i, Math.floor(random() * (i + 1)));
}

function swap(order: Int32Array, a: number, b: number): void {
  const kept = order[a] as number;
  order[a] = order[b] as number;
  order[b] = kept;
}

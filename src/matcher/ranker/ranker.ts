import { trainLinearSvm } from './linear-svm.ts';
import { buildPhraseIndex } from './nearest-phrase.ts';
import { buildVectoriser, type Readings, type SparseVector, type WordWeights } from './vectoriser.ts';

/** A training text; normally with one label, with several when it asks for several things. */
export type Example = {
  readings: Readings;
  labels: readonly string[];
  /** True for names and composed texts: they train, but no figure or probability is measured on them. */
  isSupport?: boolean;
};

type Candidate = {
  label: string;
  /** Ranking number: the classifier's score plus the weighted cosine of the nearest phrase. */
  score: number;
  /** The linear classifier's score; above 0 the text lies on the class's side. */
  margin: number;
  /** Cosine (0–1) of the nearest training phrase of the class. */
  cosine: number;
  /** Share (0–1) of the words' weight that the class's training texts explain. */
  coverage: number;
};

export type Ranking = {
  /** Best first; at most `RERANKED`. */
  candidates: Candidate[];
  /** Share (0–1) of the words' weight that the training texts do not know. */
  unknownWeight: number;
  /** Number of words read. */
  wordCount: number;
  /** The background label, where it is among the best, and how far it leads the candidates. */
  background: { lead: number; cosine: number; coverage: number } | null;
};

export type RankerOptions = {
  /** A label that competes in training but is no candidate: the texts that belong to no label. */
  background?: string;
  /** False ranks by the classifier alone: enough where every label has many texts. */
  comparePhrases?: boolean;
};

/** Ranks labels for a text: one trained classifier for topics, another for facets. */
export type Ranker = { rank(readings: Readings): Ranking };

/** The classifier's best are compared phrase by phrase. */
const RERANKED = 10;
/** How much the nearest phrase counts beside the classifier; chosen on validation splits. */
const COSINE_WEIGHT = 0.3;

export function trainRanker(
  examples: readonly Example[],
  { background, comparePhrases = true }: RankerOptions = {},
): Ranker {
  const names = [...new Set(examples.flatMap(example => example.labels))];
  const numbers = new Map(names.map((name, i) => [name, i]));
  const labels = examples.map(example => example.labels.map(label => numbers.get(label) as number));
  const vectoriser = buildVectoriser(examples.map(example => example.readings));
  const vectors = examples.map(example => vectoriser.vectorise(example.readings).vector);
  const model = trainLinearSvm(vectors, labels, names.length, vectoriser.size);
  const phrases = comparePhrases ? buildPhraseIndex(vectors, labels, names.length, vectoriser.size) : null;
  const explained = featuresOfClasses(vectors, labels, names.length);
  const margins = new Float32Array(names.length);

  const rank = (readings: Readings): Ranking => {
    const { vector, words } = vectoriser.vectorise(readings);
    model.score(vector, margins);
    const best = highest(margins, RERANKED + 1);
    const cosines = phrases?.nearest(vector, best) ?? best.map(() => 0);
    const scored = best
      .map((label, i): Candidate => {
        const [margin, cosine] = [margins[label] as number, cosines[i] as number];
        const coverage = coverageOf(words, explained[label] as ReadonlySet<number>);
        return {
          label: names[label] as string,
          score: margin + COSINE_WEIGHT * cosine,
          margin,
          cosine,
          coverage,
        };
      })
      .sort((a, b) => b.score - a.score);
    const candidates = scored.filter(({ label }) => label !== background).slice(0, RERANKED);
    const behind = scored.find(({ label }) => label === background);
    const lead = behind ? behind.score - (candidates[0]?.score ?? 0) : 0;
    const unknownWeight = words.total > 0 ? words.unknown / words.total : 1;
    return {
      candidates,
      unknownWeight,
      wordCount: words.count,
      background: behind ? { lead, cosine: behind.cosine, coverage: behind.coverage } : null,
    };
  };
  return { rank };
}

function featuresOfClasses(
  vectors: readonly SparseVector[],
  labels: readonly (readonly number[])[],
  classCount: number,
): Set<number>[] {
  const features = Array.from({ length: classCount }, () => new Set<number>());
  vectors.forEach(({ ids }, i) => {
    for (const label of labels[i] ?? []) for (const id of ids) features[label]?.add(id);
  });
  return features;
}

function coverageOf({ known, total }: WordWeights, explained: ReadonlySet<number>): number {
  if (total === 0) return 0;
  return known.reduce((sum, { id, weight }) => (explained.has(id) ? sum + weight : sum), 0) / total;
}

/** Positions of the highest values, highest first. */
function highest(values: Float32Array, count: number): number[] {
  const best: number[] = [];
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (best.length === count && value <= (values[best[count - 1] as number] as number)) continue;
    let at = best.length === count ? count - 1 : best.length;
    while (at > 0 && value > (values[best[at - 1] as number] as number)) {
      best[at] = best[at - 1] as number;
      at -= 1;
    }
    best[at] = i;
  }
  return best;
}

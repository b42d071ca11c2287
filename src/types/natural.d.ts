// natural ships types for its main file only, and that file loads databases; we import single parts.
declare module 'natural/lib/natural/distance/levenshtein_distance.js' {
  type Costs = { insertion_cost?: number; deletion_cost?: number; substitution_cost?: number };
  const distance: {
    LevenshteinDistance(source: string, target: string, options?: Costs): number;
    DamerauLevenshteinDistance(
      source: string,
      target: string,
      options?: Costs & { transposition_cost?: number; restricted?: boolean },
    ): number;
  };
  export default distance;
}

declare module 'natural/lib/natural/tokenizers/aggressive_tokenizer_vi.js' {
  /** Splits at whatever is no Vietnamese letter or digit; wants NFC (it shreds NFD). */
  export default class AggressiveTokenizerVi {
    tokenize(text: string): string[];
  }
}

// natural ships types for its main file only, and that file loads databases; the bench imports single parts.
declare module 'natural/lib/natural/classifiers/bayes_classifier.js' {
  export default class BayesClassifier {
    constructor(stemmer?: undefined, smoothing?: number);
    addDocument(terms: string[], label: string): void;
    train(): void;
    /** Every label, the likeliest first. */
    getClassifications(terms: string[]): { label: string; value: number }[];
  }
}

declare module 'natural/lib/natural/tfidf/tfidf.js' {
  export default class TfIdf {
    addDocument(terms: string[], key: string): void;
    /** The score of each document, in their order. */
    tfidfs(terms: string[]): number[];
  }
}

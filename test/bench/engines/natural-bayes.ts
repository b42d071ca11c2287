import BayesClassifier from 'natural/lib/natural/classifiers/bayes_classifier.js';
import { documentsOf, type Engine, type Search } from '../engine.ts';
import type { BenchKnowledge } from '../phrases.ts';
import { bothSyllables, foldedPairs } from './vietnamese-terms.ts';

/** Of 1, 0.1 and 0.01. */
const SMOOTHING = 0.1;

/**
 * https://naturalnode.github.io/natural, trained on the phrases. Its stemmers know no Vietnamese, so it gets terms.
 * Tried: accented syllables (top-1 57.4 %), folded (63.3), both (66.5: kept). With syllable pairs it is better still
 * and takes ten times the time, so that is an engine of its own.
 */
export const naturalBayes: Engine = {
  build: knowledge => build(knowledge, bothSyllables),
};

/** The best of the peers where it finishes: top-1 72.1 % (71.7 without the accented syllables). */
export const naturalBayesPairs: Engine = {
  build: knowledge => build(knowledge, text => [...bothSyllables(text), ...foldedPairs(text)]),
};

function build(knowledge: BenchKnowledge, terms: (text: string) => string[]): Search {
  const classifier = new BayesClassifier(undefined, SMOOTHING);
  for (const { text, topicId } of documentsOf(knowledge)) classifier.addDocument(terms(text), topicId);
  classifier.train();
  return text => classifier.getClassifications(terms(text)).map(({ label }) => label);
}

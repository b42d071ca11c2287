import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildDeletionIndex } from '../../../src/matcher/vietnamese/deletion-index.ts';
import { tokenise } from '../../../src/matcher/vietnamese/tokens.ts';
import {
  costOfTypingError,
  typingErrorBetween,
  undoTypingError,
} from '../../../src/matcher/vietnamese/typing-error.ts';
import { BORDER, compileVocabulary, openVocabulary } from '../../../src/matcher/vietnamese/vocabulary.ts';

const texts = ['khai sinh cho con', 'giấy khai sinh', 'khai tử', 'sinh con', 'sổ đỏ', 'so sánh'].map(
  tokenise,
);
const data = compileVocabulary(texts);
const vocabulary = openVocabulary(data);
const probability = (word: string, previous: string) =>
  vocabulary.logProbability(vocabulary.numberOf(word), vocabulary.numberOf(previous));

describe('the vocabulary of the knowledge', () => {
  it('knows words without their accents, and which accents they carry', () => {
    expect(vocabulary.knows('giay')).toBe(true);
    expect(vocabulary.knows('giây')).toBe(false);
    expect(vocabulary.knowsForm({ text: 'giấy', folded: 'giay' })).toBe(true);
    expect(vocabulary.knowsForm({ text: 'giày', folded: 'giay' })).toBe(false);
    expect(vocabulary.formsOf('so')).toEqual(['sổ']);
    expect(vocabulary.knows('')).toBe(false);
  });

  it('expects what often stands together', () => {
    expect(probability('sinh', 'khai')).toBeGreaterThan(probability('tu', 'khai'));
    expect(probability('tu', 'khai')).toBeGreaterThan(probability('tu', 'giay'));
    expect(probability('cho', 'con')).toBeLessThan(
      vocabulary.logProbability(BORDER, vocabulary.numberOf('con')),
    );
  });

  it('is the same when saved and opened again', () => {
    const again = openVocabulary(structuredClone(data));
    for (const word of ['', ...data.words, 'lạ']) {
      expect(again.knows(word)).toBe(vocabulary.knows(word));
      expect(again.logProbability(again.numberOf(word), again.numberOf('khai'))).toBe(
        probability(word, 'khai'),
      );
    }
  });

  it('is empty without texts', () => {
    const empty = openVocabulary(compileVocabulary([]));
    expect(empty.knows('gì')).toBe(false);
    expect(empty.accentedShare).toBe(0);
  });
});

describe('words at one typing error', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'abcd'), minLength: 1, maxLength: 5 });

  it('are all found', () => {
    fc.assert(
      fc.property(fc.uniqueArray(letters, { maxLength: 30 }), letters, (words, typed) => {
        const index = buildDeletionIndex(words);
        const found = new Set<string>();
        index.visitNear(typed, number => found.add(words[number] as string));
        for (const word of words) if (typingErrorBetween(typed, word)) expect(found).toContain(word);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('become what was meant', () => {
    fc.assert(
      fc.property(letters, letters, (typed, meant) => {
        const error = typingErrorBetween(typed, meant);
        if (error) expect(undoTypingError(typed, error)).toBe(meant);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it.each([
    ['snih', 'sinh'],
    ['sinhh', 'sinh'],
    ['khsi', 'khai'],
    ['phuog', 'phuong'],
  ])('%s is a likelier slip for %s than any other letter would be', (typed, meant) => {
    const cost = (from: string, to: string) => costOfTypingError(typingErrorBetween(from, to)!, from);
    expect(cost(typed, meant)).toBeLessThan(cost('khmi', 'khai'));
  });

  it('are never words with another number', () => {
    expect(typingErrorBetween('ct01', 'ct07')).toBeNull();
    expect(typingErrorBetween('ct1', 'ct01')).toBeNull();
  });
});

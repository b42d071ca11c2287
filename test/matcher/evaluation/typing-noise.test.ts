import { describe, expect, it } from 'vitest';
import {
  addTypingNoise,
  NOISE_KINDS,
  type NoiseKind,
  noiseText,
  withoutAccents,
} from '../../../src/matcher/evaluation/typing-noise.ts';
import { decodeTypingKeys } from '../../../src/matcher/vietnamese/telex.ts';

const QUESTION = 'Làm giấy khai sinh cho con được không, hết bao nhiêu tiền và phải nộp ở đâu?';
const typedFor = (word: string, kind: NoiseKind) =>
  new Set(Array.from({ length: 60 }, (_, seed) => noiseText(word, { seed, every: 1, kinds: [kind] }).text));

describe('citizens’ typing is imitated', () => {
  it('in the same way for the same seed, in another for another', () => {
    const noisy = addTypingNoise(QUESTION, { seed: 7, every: 3 });
    expect(addTypingNoise(QUESTION, { seed: 7, every: 3 })).toBe(noisy);
    expect(addTypingNoise(QUESTION, { seed: 8, every: 3 })).not.toBe(noisy);
  });

  it('in every third word, from any of the first three on', () => {
    const firsts = new Set<string>();
    for (let seed = 0; seed < 40; seed += 1) {
      const { noised } = noiseText(QUESTION, { seed, every: 3, kinds: ['doubled'] });
      firsts.add(noised[0]?.meant ?? '');
      expect(noised.map(({ meant }) => QUESTION.split(/[ ,?]+/).indexOf(meant) % 3)).toEqual(
        noised.map(() => QUESTION.split(/[ ,?]+/).indexOf(noised[0]?.meant ?? '') % 3),
      );
    }
    expect(firsts).toEqual(new Set(['Làm', 'giấy', 'khai']));
  });

  it('with every kind, and nothing else is touched', () => {
    const kinds = new Set<NoiseKind>();
    for (let seed = 0; seed < 60; seed += 1) {
      const { text, noised } = noiseText(QUESTION, { seed, every: 3 });
      for (const { kind, meant, typed } of noised) {
        kinds.add(kind);
        expect(typed).not.toBe(meant);
        expect(text).toContain(typed);
        expect(QUESTION).toContain(meant);
      }
      expect(text.endsWith('?')).toBe(true);
    }
    expect(kinds).toEqual(new Set(NOISE_KINDS));
  });

  it.each<[NoiseKind, string, string]>([
    ['no-accents', 'hồ', 'ho'],
    ['wrong-tone', 'hồ', 'hố'],
    ['wrong-vowel-mark', 'sơ', 'sô'],
    ['telex', 'hồ', 'hoof'],
    ['telex', 'nộp', 'nôpj'],
    ['vni', 'đăng', 'd9a8ng'],
    ['swapped', 'sinh', 'snih'],
    ['doubled', 'không', 'khôông'],
    ['missing', 'phường', 'phườg'],
    ['neighbour', 'khai', 'khsi'],
    ['glued', 'lãnh đạo', 'lãnhđạo'],
    ['split', 'thường', 'thư ờng'],
    ['teencode', 'không', 'hok'],
    ['teencode', 'bao nhiêu', 'bn'],
  ])('%s: %s → %s', (kind, meant, typed) => {
    expect(typedFor(meant, kind)).toContain(typed);
  });

  it('leaves keys that say again what was meant', () => {
    for (const kind of ['telex', 'vni'] as const) {
      for (const typed of typedFor('đường', kind)) expect(decodeTypingKeys(typed)).toBe('đường');
    }
  });

  it('leaves numbers and words alone that a noise does not fit', () => {
    expect(addTypingNoise('113 24/7', { seed: 1, every: 1 })).toBe('113 24/7');
    expect(addTypingNoise('khai sinh', { seed: 1, every: 1, kinds: ['wrong-tone'] })).toBe('khai sinh');
    expect(addTypingNoise('', { seed: 1, every: 3 })).toBe('');
  });

  it('without accents as a whole', () => {
    expect(withoutAccents('Đăng ký thường trú')).toBe('Dang ky thuong tru');
  });
});

import { describe, expect, it } from 'vitest';
import { chooseThreshold } from '../../../src/matcher/evaluation/choose-threshold.ts';
import { evaluateIntents } from '../../../src/matcher/evaluation/evaluate-intents.ts';
import {
  confidenceOf,
  fitCalibration,
  judgeByCrossValidation,
} from '../../../src/matcher/ranker/confidence.ts';
import { collectFeatures, openFeatureSpace } from '../../../src/matcher/ranker/feature-space.ts';
import { fitLogistic, probability } from '../../../src/matcher/ranker/logistic.ts';
import {
  type Example,
  openRanker,
  prepareExamples,
  type RankerOptions,
  trainRanker,
} from '../../../src/matcher/ranker/ranker.ts';
import { tokenise } from '../../../src/matcher/vietnamese/tokens.ts';

const PHRASES: Record<string, string[]> = {
  'khai-sinh': [
    'làm khai sinh cho con',
    'giấy khai sinh cần gì',
    'con mới đẻ làm giấy khai sinh',
    'đăng ký khai sinh muộn',
    'khai sinh cho bé',
  ],
  'ket-hon': [
    'đăng ký kết hôn',
    'lấy vợ làm giấy gì',
    'giấy kết hôn cần gì',
    'hai đứa muốn cưới',
    'kết hôn ở phường nào',
  ],
  'can-cuoc': [
    'làm căn cước',
    'mất căn cước',
    'căn cước cho con',
    'đổi thẻ căn cước',
    'làm thẻ căn cước ở đâu',
  ],
  'bang-lai': [
    'đổi bằng lái xe',
    'mất bằng lái',
    'giấy phép lái xe hết hạn',
    'cấp lại bằng lái',
    'bằng lái xe máy bị rách',
  ],
};
const example = (text: string, label: string, isSupport = false): Example => ({
  text,
  readings: [tokenise(text)],
  label,
  isSupport,
});
const examples = Object.entries(PHRASES).flatMap(([label, texts]) => texts.map(text => example(text, label)));

function train(own: Example[], options: RankerOptions = {}) {
  const space = openFeatureSpace(collectFeatures(own.map(({ readings }) => readings)));
  const prepared = prepareExamples(space, own);
  const ranker = openRanker(trainRanker(space, prepared, options));
  return {
    rank: (text: string) => ranker.rank(space.featuresOf([tokenise(text)])),
    judge: () => judgeByCrossValidation(space, prepared, options),
  };
}

const { rank, judge } = train(examples);

describe('a ranker puts first what the words speak for', () => {
  it.each([
    ['xin giấy khai sinh cho cháu', 'khai-sinh'],
    ['muon ket hon thi lam sao', 'ket-hon'],
    ['can cuoc cua toi bi mat', 'can-cuoc'],
    ['bằng lái', 'bang-lai'],
  ])('%s → %s', (text, label) => {
    expect(rank(text).candidates[0]?.label).toBe(label);
  });

  it('says how much of a question it does not know', () => {
    expect(rank('làm khai sinh cho con').unknownWeight).toBe(0);
    expect(rank('giá vàng tăng').unknownWeight).toBe(1);
    expect(rank('').candidates.every(({ cosine }) => cosine === 0)).toBe(true);
  });

  it('gives the same ranking every time it is trained on the same phrases', () => {
    expect(train(examples).rank('con mới sinh')).toEqual(rank('con mới sinh'));
  });

  it('never offers the background, and says how far it leads', () => {
    const background = [example('lệ phí bao nhiêu', '(none)', true), example('mấy ngày có', '(none)', true)];
    const trained = train([...examples, ...background], { background: '(none)' });
    const aside = trained.rank('lệ phí bao nhiêu');
    expect(aside.candidates.map(({ label }) => label)).not.toContain('(none)');
    expect(aside.background?.lead).toBeGreaterThan(0.5);
    expect(trained.rank('mất căn cước').background?.lead).toBeLessThan(0);
  });
});

describe('confidence is learnt without any out-of-scope text', () => {
  const calibration = fitCalibration(judge(), null);
  const confidence = (text: string) => confidenceOf(rank(text), calibration);

  it('is higher for a clear question than for one beside the point', () => {
    expect(confidence('làm giấy khai sinh cho con').top).toBeGreaterThan(
      confidence('thời tiết hôm nay').top + 0.3,
    );
  });

  it('shares out no more than the whole', () => {
    const { labels } = confidence('căn cước và bằng lái');
    expect(labels.length).toBeGreaterThan(1);
    expect(labels.reduce((sum, { confidence: share }) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9);
  });
});

describe('a logistic regression', () => {
  it('finds the point where outcomes turn', () => {
    const xs = Array.from({ length: 200 }, (_, i) => i / 100);
    const model = fitLogistic(
      xs.map(x => [x]),
      xs.map((x, i) => x + (i % 7) * 0.02 > 1),
    );
    expect(probability(model, [0.2])).toBeLessThan(0.05);
    expect(probability(model, [1.8])).toBeGreaterThan(0.95);
  });
});

describe('an evaluation', () => {
  it('chooses the threshold that parts right answers from the rest', () => {
    const scored = [
      { confidence: 0.9, isInScope: true, isRight: true },
      { confidence: 0.8, isInScope: true, isRight: true },
      { confidence: 0.4, isInScope: true, isRight: false },
      { confidence: 0.3, isInScope: false, isRight: false },
    ];
    const threshold = chooseThreshold(scored, 'balanced');
    expect(threshold).toBeGreaterThan(0.3);
    expect(threshold).toBeLessThan(0.8);
  });

  it('never learns from the test set', () => {
    const train = Object.entries(PHRASES).flatMap(([intent, texts]) => texts.map(text => ({ text, intent })));
    const tests = [
      { text: 'con tôi cần giấy khai sinh', intent: 'khai-sinh' },
      { text: 'hôm nay trời mưa', intent: null },
    ];
    const measure = (test: typeof tests) => evaluateIntents({ train, test }, ['balanced'], () => 0)[0];
    expect(measure(tests)).toMatchObject({ n: 2, accuracyWithoutThreshold: 1, oosRecall: 1, trainMs: 0 });
    expect(measure(tests.slice(0, 1))).toMatchObject({ n: 1, accuracyWithoutThreshold: 1, oosRecall: null });
  });

  it('rejects nothing where the training set cannot show what to reject', () => {
    const train = Object.entries(PHRASES).map(([intent, [text = '']]) => ({ text, intent }));
    const test = [{ text: 'giá vàng', intent: null }];
    const [figures] = evaluateIntents({ train, test }, ['overall'], () => 0);
    expect(figures?.oosRecall).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { procedureSchema } from '../../src/domain/topic.ts';
import { toMatcherKnowledge } from '../../src/knowledge/live-knowledge.ts';
import { buildMatcher } from '../../src/matcher/build-matcher.ts';
import { SMALL_SNAPSHOT } from '../fixtures/small-knowledge.ts';

const fromCatalogue = (code: string, name: string) =>
  procedureSchema.parse({
    kind: 'procedure',
    id: code,
    code,
    name,
    label: code,
    field: 'khac',
    phrases: [name],
    facts: { evidence: { source: 'danh mục thử', checkedOn: '2026-11-01', verified: false } },
  });
const catalogue = [
  fromCatalogue('9.000001', 'Cấp giấy phép khai thác khoáng sản làm vật liệu xây dựng thông thường'),
  fromCatalogue('9.000002', 'Gia hạn, thay đổi nội dung thông tin chứng thư chữ ký điện tử'),
  fromCatalogue('9.000003', 'Công nhận cây trội, vườn giống lâm nghiệp'),
];
const knowledge = toMatcherKnowledge(SMALL_SNAPSHOT);
const matcher = buildMatcher({ ...knowledge, catalogue });
const topOf = (text: string) => matcher.match(text).topics[0]?.topicId;

describe('topics of the catalogue are found by likeness to their titles', () => {
  it.each([
    ['gia hạn chứng thư chữ ký điện tử cần hồ sơ gì', '9.000002'],
    ['gia han chung thu chu ky dien tu', '9.000002'],
    ['công nhận vườn giống lâm nghiệp', '9.000003'],
    ['thủ tục 9.000001 cần gì', '9.000001'],
  ])('%s → %s', (text, code) => expect(topOf(text)).toBe(code));

  it('beside curated topics, which keep what is theirs', () => {
    expect(topOf('làm giấy khai sinh cho con')).toBe('khai-sinh');
    expect(topOf('chuyển hộ khẩu sang tỉnh khác')).toBe('thuong-tru');
  });

  it('and share out no more than the whole with them', () => {
    const { topics } = matcher.match('đăng ký khai sinh và chữ ký điện tử');
    expect(topics.length).toBeGreaterThan(2);
    expect(topics.reduce((sum, { confidence }) => sum + confidence, 0)).toBeLessThanOrEqual(1 + 1e-9);
  });
});

describe('an explanation', () => {
  it('names words, nearest phrase and what was read into the text', () => {
    const { topics, changes, unknownWords, match } = matcher.explain('lm giấy khai snih cho bé zzyx');
    const [first] = topics;
    expect(match).toEqual(matcher.match('lm giấy khai snih cho bé zzyx'));
    expect(first?.topicId).toBe('khai-sinh');
    expect(first?.nearestPhrase).toContain('khai sinh');
    expect(first?.words.map(({ text }) => text)).toContain('khai sinh');
    expect(changes).toContainEqual({ kind: 'repair', from: 'snih', to: 'sinh' });
    expect(unknownWords).toContain('zzyx');
  });

  it('shows a catalogue topic by its title, without a margin', () => {
    const { topics } = matcher.explain('gia hạn chứng thư chữ ký điện tử');
    expect(topics[0]).toMatchObject({ topicId: '9.000002', margin: null, words: [] });
    expect(topics[0]?.nearestPhrase).toContain('chứng thư');
  });

  it('names the rules that decided', () => {
    expect(matcher.explain('thủ tục 9.000001').rules).toEqual(['national-code']);
    const { rules } = matcher.explain('không phải làm giấy khai sinh cho con đâu ạ, muốn hỏi nhập hộ khẩu');
    expect(rules).not.toContain('two-topics');
    expect(matcher.explain('làm giấy khai sinh cho con').rules).toEqual([]);
  });
});

describe('what a text denies or tells as done is not what it asks', () => {
  it.each([
    'không phải làm khai sinh, muốn nhập hộ khẩu về nhà vợ',
    'khai sinh cho con xong rồi, giờ muốn nhập hộ khẩu về nhà vợ',
    'khong phai khai sinh dau a, nhap ho khau ve nha vo',
  ])('%s', text => expect(topOf(text)).toBe('thuong-tru'));

  it('but takes nothing from a question that has no other', () => {
    expect(topOf('chưa làm khai sinh cho con được không')).toBe('khai-sinh');
  });
});

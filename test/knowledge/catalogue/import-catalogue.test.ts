import { describe, expect, it } from 'vitest';
import type { Procedure } from '../../../src/domain/topic.ts';
import { catalogueTopics } from '../../../src/knowledge/catalogue/catalogue-topics.ts';
import { importCatalogue, type ReadRecord } from '../../../src/knowledge/catalogue/import-catalogue.ts';
import { openKnowledge, toMatcherKnowledge } from '../../../src/knowledge/live-knowledge.ts';
import { compileMatcher } from '../../../src/matcher/compile-matcher.ts';
import { aRecord } from '../../fixtures/catalogue-records.ts';
import { SMALL_SNAPSHOT } from '../../fixtures/small-knowledge.ts';

const CONTEXT = {
  names: new Map([['1.009999', ['xin nuôi ong mật']]]),
  curatedCodes: new Set(['1.001193']),
  today: '2026-11-22',
};

function lines(...records: Parameters<typeof aRecord>[0][]): ReadRecord[] {
  return records.map((change, i) => ({ line: i + 1, record: aRecord(change) }));
}

describe('the import of the catalogue', () => {
  it('takes records with their everyday names, and says what it left out and why', () => {
    const shared = { ten_thu_tuc: 'Công bố danh mục thủ tục của Sở' };
    const { catalogue, report } = importCatalogue(
      [
        ...lines({}, {}, { ma_thu_tuc: '1.001193', ten_thu_tuc: 'Đăng ký khai sinh' }),
        ...lines(...['2.000001', '2.000002', '2.000003'].map(ma_thu_tuc => ({ ...shared, ma_thu_tuc }))),
        { line: 9, fault: 'the line is not JSON' },
      ],
      CONTEXT,
    );
    expect(catalogue.procedures.map(({ id, aliases }) => [id, aliases])).toEqual([
      ['1.009999', ['xin nuôi ong mật']],
      ['1.001193', []],
    ]);
    expect(report).toMatchObject({ read: 7, taken: 2, curated: 1, unnamed: 1 });
    expect(report.skipped.map(({ reason }) => reason)).toEqual([
      'repeated-code',
      ...Array(3).fill('overwritten-title'),
      'unreadable',
    ]);
  });

  it('gives the same version for the same records', () => {
    const once = importCatalogue(lines({}), CONTEXT).catalogue.version;
    expect(importCatalogue(lines({}), CONTEXT).catalogue.version).toBe(once);
    expect(importCatalogue(lines({ linh_vuc: 'Ong' }), CONTEXT).catalogue.version).not.toBe(once);
  });
});

describe('imported procedures beside curated ones', () => {
  const imported = lines({}, { ma_thu_tuc: '1.001193', ten_thu_tuc: 'Đăng ký khai sinh theo danh mục' });
  const { catalogue } = importCatalogue(imported, CONTEXT);
  // The small knowledge's first procedure, curated under this code.
  const topics = SMALL_SNAPSHOT.topics.map(published =>
    published.topic.id === 'khai-sinh'
      ? { ...published, topic: { ...(published.topic as Procedure), code: '1.001193' } }
      : published,
  );
  const snapshot = { ...SMALL_SNAPSHOT, topics, catalogue };

  it('leave the word to a curated procedure with the same code', () => {
    expect(catalogueTopics(snapshot).map(({ id }) => id)).toEqual(['1.009999']);
  });

  it('are found by their titles and everyday names', () => {
    const live = openKnowledge(snapshot, compileMatcher(toMatcherKnowledge(snapshot)));
    expect(live.topics.get('1.009999')).toMatchObject({ revision: 0, topic: { origin: 'catalogue' } });
    expect(live.topics.has('1.001193')).toBe(false);
    for (const question of ['cấp giấy phép nuôi ong', 'xin nuoi ong mat thi can gi'])
      expect(live.matcher.match(question).topics[0]?.topicId).toBe('1.009999');
  });
});

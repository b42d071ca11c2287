import { describe, expect, it } from 'vitest';
import type { PublishedTopic } from '../../src/domain/knowledge.ts';
import { articleSchema, procedureSchema, type Topic } from '../../src/domain/topic.ts';
import { createSuggester } from '../../src/knowledge/suggest-topics.ts';

const suggest = createSuggester([
  procedure('khai-sinh', 'Thủ tục đăng ký khai sinh', 'Đăng ký khai sinh', ['làm giấy khai sinh']),
  procedure('khai-tu', 'Thủ tục đăng ký khai tử', 'Đăng ký khai tử', ['báo tử', 'giấy chứng tử']),
  procedure('tam-tru', 'Đăng ký tạm trú', 'Tạm trú', ['khai báo tạm trú', 'kt3']),
  procedure('thuong-tru', 'Đăng ký thường trú', 'Thường trú', ['nhập hộ khẩu']),
  procedure('ket-hon', 'Thủ tục đăng ký kết hôn', 'Đăng ký kết hôn', ['làm giấy kết hôn']),
  procedure('can-cuoc', 'Cấp thẻ căn cước', 'Thẻ căn cước', ['làm cccd', 'căn cước công dân']),
  procedure('ho-chieu', 'Cấp hộ chiếu phổ thông', 'Hộ chiếu', ['làm passport']),
  article('chao-hoi', 'smalltalk', 'Chào hỏi'),
  article('bao-chay', 'emergency', 'Báo cháy'),
]);

describe('suggestions while typing', () => {
  it.each([
    ['khai', ['khai-tu', 'khai-sinh', 'tam-tru']],
    ['ho chie', ['ho-chieu']],
    ['Hộ Chiếu', ['ho-chieu']],
    ['căn cước', ['can-cuoc']],
    ['cccd', ['can-cuoc']],
    ['đăng ký k', ['khai-tu', 'ket-hon', 'khai-sinh']],
    ['tru dang ky', ['tam-tru', 'thuong-tru']],
  ])('for "%s" begin with the topics whose names hold it', (typed, ids) => {
    expect(idsFor(typed).slice(0, ids.length)).toEqual(ids);
  });

  it.each([
    ['khai sjnh', 'khai-sinh'],
    ['thuonng tru', 'thuong-tru'],
    ['ho chiueu', 'ho-chieu'],
  ])('forgive the typing error in "%s"', (typed, id) => {
    expect(idsFor(typed)[0]).toBe(id);
  });

  it('find the name within a whole question', () => {
    expect(idsFor('toi muon dang ky thuong tru cho con o nha vo thi sao')[0]).toBe('thuong-tru');
  });

  it('show the official title', () => {
    expect(suggest('báo tử')[0]).toEqual({ id: 'khai-tu', name: 'Thủ tục đăng ký khai tử' });
  });

  it('name each topic once and at most six', () => {
    const ids = idsFor('đăng ký');
    expect(new Set(ids).size).toBe(ids.length);
    const forms = Array.from({ length: 8 }, (_, i) =>
      procedure(`mau-${i}`, `Đăng ký mẫu ${i}`, `Mẫu ${i}`, []),
    );
    expect(createSuggester(forms)('đăng ký mẫu')).toHaveLength(6);
  });

  it('offer no small talk', () => {
    expect(idsFor('chào')).not.toContain('chao-hoi');
    expect(idsFor('báo cháy')[0]).toBe('bao-chay');
  });

  it.each(['', 'k', '  ', '!!', '😀'])('are none for %j', typed => {
    expect(suggest(typed)).toEqual([]);
  });

  it('are none for what is no name at all', () => {
    expect(suggest('zzzzqqqq')).toEqual([]);
  });
});

function idsFor(typed: string): string[] {
  return suggest(typed).map(({ id }) => id);
}

function procedure(id: string, name: string, label: string, aliases: string[]): PublishedTopic {
  const evidence = { source: 'dữ liệu thử', checkedOn: '2026-11-01', verified: true };
  const facts = { evidence };
  return published(
    procedureSchema.parse({
      kind: 'procedure',
      id,
      name,
      label,
      aliases,
      field: 'x',
      phrases: [name],
      facts,
    }),
  );
}

function article(id: string, group: string, name: string): PublishedTopic {
  const answer = { text: name };
  return published(
    articleSchema.parse({ kind: 'article', id, group, name, label: name, phrases: [name], answer }),
  );
}

function published(topic: Topic): PublishedTopic {
  return { topic, revision: 1 };
}

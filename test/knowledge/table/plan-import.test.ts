import { describe, expect, it } from 'vitest';
import type { RevisionStatus, TopicRecord } from '../../../src/domain/knowledge.ts';
import type { Topic } from '../../../src/domain/topic.ts';
import { exportRows } from '../../../src/knowledge/table/export-rows.ts';
import { planImport } from '../../../src/knowledge/table/plan-import.ts';
import { stateOf } from '../../../src/knowledge/table/topic-state.ts';
import { BIRTH, HOURS, published, tableRows } from '../../fixtures/table-rows.ts';

const NOW = new Date('2026-11-21T20:00:00Z');
const STORE = [published(BIRTH), published(HOURS)];
type Row = Record<string, string>;

const question = (text: string, more: Row = {}): Row => ({
  ...{ 'Mã chủ đề': '1.001193', 'Câu hỏi': text, 'Trạng thái': 'Đang dùng' },
  ...more,
});
const answer = (text: string, more: Row = {}): Row => ({
  ...{ 'Mã chủ đề': '1.001193', 'Khía cạnh': 'Phí, lệ phí', 'Câu trả lời': text, 'Trạng thái': 'Đang dùng' },
  ...more,
});
const HOURS_ROW = { 'Mã chủ đề': 'gio-lam-viec' };

function plan(rows: Row[], store: TopicRecord[] = STORE) {
  return planImport(tableRows(...rows), store, NOW);
}
/** `2 new`, `3 conflict`: what happens with each row. */
function kinds(rows: Row[], store: TopicRecord[] = STORE): string[] {
  return plan(rows, store).rows.map(({ row, kind }) => `${row} ${kind}`);
}
function message(rows: Row[], store: TopicRecord[] = STORE): string {
  return plan(rows, store).rows.at(-1)!.message;
}
/** The store after the import. */
function afterImport(rows: Row[], store: TopicRecord[] = STORE): TopicRecord[] {
  const saved = new Map(plan(rows, store).records.map(record => [record.id, record]));
  const isNew = (id: string) => !store.some(record => record.id === id);
  return [
    ...store.map(record => saved.get(record.id) ?? record),
    ...[...saved.values()].filter(({ id }) => isNew(id)),
  ];
}
const birthIn = (store: TopicRecord[]) => stateOf(store.find(({ id }) => id === '1.001193')!);
const added = (record: TopicRecord) =>
  record.revisions.slice(1).map(({ number, status, author }) => `${number} ${status} ${author}`);

function withRevision(status: RevisionStatus, change: Partial<Topic>, store = STORE): TopicRecord[] {
  return store.map(record => {
    if (record.id !== '1.001193') return record;
    const topic = { ...BIRTH, ...change } as Topic;
    const number = record.revisions.length + 1;
    const revision = { number, status, topic, author: 'nv-1', at: NOW.toISOString(), note: '' };
    return { ...record, version: number, revisions: [...record.revisions, revision] };
  });
}

describe('rows in use', () => {
  it('a question is added to the topic, an answer to its facet, and both are published', () => {
    const rows = [
      question('mới sinh em bé cần làm gì'),
      answer('Nộp tại UBND cấp xã.', { 'Khía cạnh': 'noi nop ho so' }),
    ];
    expect(kinds(rows)).toEqual(['2 new', '3 new']);
    const [record] = plan(rows).records;
    expect(record).toMatchObject({ id: '1.001193', version: 2, shippedHash: 'hash' });
    expect(record!.revisions.at(-1)).toMatchObject({
      ...{ number: 2, status: 'published', author: 'import', at: NOW.toISOString() },
      topic: { phrases: [...BIRTH.phrases, 'mới sinh em bé cần làm gì'] },
    });
    expect(birthIn(afterImport(rows)).live!.topic).toMatchObject({
      answers: { where: { text: 'Nộp tại UBND cấp xã.', verified: false, checkedOn: '2026-11-22' } },
    });
  });

  it('one row may hold both, facets and states by their label or their id, in any case, with and without accents', () => {
    const both = {
      ...answer('Ba ngày.', { 'Khía cạnh': 'TIME', 'Trạng thái': 'dang dung' }),
      'Câu hỏi': 'mấy ngày có giấy khai sinh',
    };
    expect(plan([both]).rows[0]!.message).toBe(
      'Thêm câu hỏi “mấy ngày có giấy khai sinh”. Thêm câu trả lời của khía cạnh “Thời hạn giải quyết”.',
    );
  });

  it('another answer takes the place of the one that is there', () => {
    const rows = [answer('Lệ phí do tỉnh quy định.', { Nguồn: 'Nghị quyết 12', 'Đã kiểm chứng': 'Có' })];
    expect(kinds(rows)).toEqual(['2 changed']);
    expect(birthIn(afterImport(rows)).live!.topic).toMatchObject({
      answers: { fee: { text: 'Lệ phí do tỉnh quy định.', source: 'Nghị quyết 12', verified: true } },
    });
  });

  it('what is there already stays as it is, and nothing is saved', () => {
    const rows = [question('làm khai sinh cho con'), answer('Miễn lệ phí khi đăng ký đúng hạn.')];
    expect(plan(rows)).toMatchObject({ records: [], counts: { unchanged: 2, new: 0 } });
  });

  it('the wording of the table wins where only accents differ', () => {
    expect(kinds([question('Làm khai sinh cho con?')])).toEqual(['2 changed']);
    expect(birthIn(afterImport([question('Làm khai sinh cho con?')])).live!.topic.phrases).toEqual([
      'Làm khai sinh cho con?',
      'đăng ký khai sinh ở đâu',
    ]);
  });

  it('a code that a spreadsheet took for a number is still that code', () => {
    const passport = { ...BIRTH, id: '1.001190', code: '1.001190', phrases: ['làm hộ chiếu'] } as Topic;
    for (const code of ['1.00119', '1,00119'])
      expect(
        plan([question('hộ chiếu cho bé', { 'Mã chủ đề': code })], [published(passport)]).records[0]?.id,
      ).toBe('1.001190');
  });
});

describe('a new article', () => {
  const opening = {
    'Mã chủ đề': 'gui-xe',
    'Tên chủ đề': 'Chỗ gửi xe',
    Nhóm: 'Liên hệ',
    'Trạng thái': 'Đang dùng',
  };
  it('is made of its rows', () => {
    const rows = [
      { ...opening, 'Câu hỏi': 'gửi xe ở đâu', 'Câu trả lời': 'Nhà xe ở cổng phụ.' },
      { ...opening, 'Câu hỏi': 'có chỗ để ô tô không' },
    ];
    expect(plan(rows).records).toMatchObject([
      {
        ...{ id: 'gui-xe', version: 1, shippedHash: null },
        revisions: [
          {
            status: 'published',
            topic: {
              kind: 'article',
              group: 'contact',
              label: 'Chỗ gửi xe',
              phrases: ['gửi xe ở đâu', 'có chỗ để ô tô không'],
            },
          },
        ],
      },
    ]);
  });
  it('says what it lacks', () => {
    expect(message([{ ...opening, 'Câu hỏi': 'gửi xe ở đâu' }])).toContain('còn thiếu “Câu trả lời”');
    const long = { ...opening, 'Tên chủ đề': 'Chỗ gửi xe máy và ô tô của Trung tâm' };
    expect(message([{ ...long, 'Câu hỏi': 'gửi xe ở đâu', 'Câu trả lời': 'Ở cổng phụ.' }])).toContain(
      '“Tên ngắn”',
    );
    expect(
      message([{ ...opening, 'Mã chủ đề': 'Gửi xe', 'Câu hỏi': 'gửi xe ở đâu', 'Câu trả lời': 'Ở cổng.' }]),
    ).toContain('chữ thường không dấu');
  });
  it('is never a procedure, whose facts a table cannot hold', () => {
    expect(message([answer('Miễn phí.', { 'Mã chủ đề': '9.999999' })])).toContain(
      'Bảng không tạo được thủ tục mới',
    );
  });
});

describe('drafts', () => {
  it('are kept for staff; what is live stays', () => {
    const rows = [question('khai sinh cho trẻ bỏ rơi', { 'Trạng thái': 'Nháp' })];
    const store = afterImport(rows);
    expect(kinds(rows)).toEqual(['2 new']);
    expect(birthIn(store).live!.topic).toEqual(BIRTH);
    expect(birthIn(store).pending).toMatchObject({ status: 'draft', author: 'import', number: 2 });
    expect(kinds(rows, store)).toEqual(['2 unchanged']);
  });

  it('are what a row without a state becomes', () => {
    expect(added(plan([question('khai sinh trễ hạn', { 'Trạng thái': '' })]).records[0]!)).toEqual([
      '2 draft import',
    ]);
  });

  it('go live when their rows do, and nothing is left pending', () => {
    const store = afterImport([question('khai sinh trễ hạn', { 'Trạng thái': 'Nháp' })]);
    const { live, pending } = birthIn(afterImport([question('khai sinh trễ hạn')], store));
    expect(live!.topic.phrases).toContain('khai sinh trễ hạn');
    expect(pending).toBeNull();
  });

  it('survive what is published past them', () => {
    const store = withRevision('draft', { phrases: [...BIRTH.phrases, 'bản nháp của cán bộ'] });
    const next = afterImport([question('khai sinh trễ hạn')], store);
    expect(birthIn(next).live!.topic.phrases).toEqual([...BIRTH.phrases, 'khai sinh trễ hạn']);
    expect(birthIn(next).pending).toMatchObject({
      author: 'nv-1',
      topic: { phrases: [...BIRTH.phrases, 'bản nháp của cán bộ', 'khai sinh trễ hạn'] },
    });
  });

  it('are taken back by a retired row, without touching what is live', () => {
    const store = afterImport([answer('Bản nháp.', { 'Trạng thái': 'Nháp' })]);
    const next = afterImport([answer('Bản nháp.', { 'Trạng thái': 'Ngừng dùng' })], store);
    expect(birthIn(next).live!.topic).toEqual(BIRTH);
    expect(exportRows(next)).toEqual(exportRows(STORE));
  });

  it('have one state in a topic', () => {
    const rows = [
      question('khai sinh trễ hạn', { 'Trạng thái': 'Nháp' }),
      question('khai sinh cho trẻ bỏ rơi', { 'Trạng thái': 'Chờ duyệt' }),
    ];
    expect(kinds(rows)).toEqual(['2 conflict', '3 conflict']);
  });
});

describe('what goes out of use', () => {
  const retired = { 'Trạng thái': 'Ngừng dùng' };
  it('a question and a facet’s answer', () => {
    const rows = [
      question('làm khai sinh cho con', retired),
      answer('Miễn lệ phí khi đăng ký đúng hạn.', retired),
    ];
    expect(kinds(rows)).toEqual(['2 changed', '3 changed']);
    expect(birthIn(afterImport(rows)).live!.topic).toMatchObject({
      phrases: ['đăng ký khai sinh ở đâu'],
      answers: {},
    });
    expect(kinds(rows, afterImport(rows))).toEqual(['2 unchanged', '3 unchanged']);
  });
  it('not an answer that the table says otherwise', () => {
    expect(kinds([answer('Câu trả lời cũ.', retired)])).toEqual(['2 conflict']);
  });
  it('not an article’s answer alone', () => {
    const row = { ...HOURS_ROW, 'Câu trả lời': 'Trung tâm làm việc từ 7 giờ 30.', ...retired };
    expect(message([row])).toContain('Bài viết phải có câu trả lời');
  });
  it('the whole topic by a row of its own, or with its last question; it comes back the same way', () => {
    const gone = afterImport([{ ...HOURS_ROW, ...retired }]);
    expect(stateOf(gone[1]!)).toMatchObject({ live: null, retired: { author: 'import' } });
    expect(afterImport([{ ...HOURS_ROW, 'Câu hỏi': 'mấy giờ mở cửa', ...retired }])).toEqual(gone);
    expect(kinds([{ ...HOURS_ROW, 'Câu hỏi': 'mấy giờ đóng cửa', 'Trạng thái': 'Đang dùng' }], gone)).toEqual(
      ['2 conflict'],
    );
    expect(stateOf(afterImport([{ ...HOURS_ROW, 'Trạng thái': 'Đang dùng' }], gone)[1]!).live!.topic).toEqual(
      HOURS,
    );
  });
});

describe('conflicts', () => {
  it('one question in two topics, in the file or with the store, compared without accents', () => {
    const two = [
      question('khai tử ở đâu'),
      { ...HOURS_ROW, 'Câu hỏi': 'Khai tu o dau?', 'Trạng thái': 'Đang dùng' },
    ];
    expect(kinds(two)).toEqual(['2 conflict', '3 conflict']);
    expect(message(two)).toContain('đã thuộc chủ đề 1.001193 “Khai sinh” (dòng 2)');
    expect(message([question('may gio mo cua')])).toContain('đã thuộc chủ đề gio-lam-viec');
  });
  it('none when the question moves from one topic to the other', () => {
    const moved = { ...HOURS_ROW, 'Câu hỏi': 'đăng ký khai sinh ở đâu', 'Trạng thái': 'Đang dùng' };
    expect(kinds([question('đăng ký khai sinh ở đâu', { 'Trạng thái': 'Ngừng dùng' }), moved])).toEqual([
      '2 changed',
      '3 new',
    ]);
  });
  it('two answers for one facet, or a row twice with different states', () => {
    const two = [answer('Miễn phí.'), answer('8.000 đồng.')];
    expect(kinds(two)).toEqual(['2 conflict', '3 conflict']);
    expect(message(two)).toBe(
      'Dòng này và dòng 2 cùng một câu trả lời của khía cạnh “Phí, lệ phí” nhưng ghi hai nội dung khác nhau: hãy giữ một dòng.',
    );
    expect(kinds([answer('Miễn phí.'), answer('Miễn phí.')])).toEqual(['2 changed', '3 unchanged']);
    expect(
      kinds([question('khai sinh trễ'), question('khai sinh trễ', { 'Trạng thái': 'Ngừng dùng' })]),
    ).toEqual(['2 conflict', '3 conflict']);
  });
  it('an answer that staff changed after the export; other parts of the topic may have changed', () => {
    const staff = withRevision('published', {
      answers: { fee: { text: 'Cán bộ vừa sửa.' } },
    } as Partial<Topic>);
    expect(message([answer('Tôi cũng sửa.', { 'Phiên bản': '1' })], staff)).toContain(
      'đã được người khác sửa sau khi xuất bảng',
    );
    expect(kinds([question('khai sinh trễ hạn', { 'Phiên bản': '1' })], staff)).toEqual(['2 new']);
    expect(kinds([answer('Tôi sửa.', { 'Phiên bản': '2' })], staff)).toEqual(['2 changed']);
  });
  it('a question that staff took out after the export', () => {
    const staff = withRevision('published', { phrases: ['làm khai sinh cho con'] });
    const row = question('đăng ký khai sinh ở đâu', { 'Phiên bản': '1' });
    expect(kinds([row], staff)).toEqual(['2 conflict']);
  });
});

describe('faulty rows', () => {
  it.each<[string, Row, string]>([
    ['no topic', { 'Câu hỏi': 'khai sinh' }, 'Thiếu mã chủ đề'],
    ['an unknown topic', { 'Mã chủ đề': 'khong-co', 'Trạng thái': 'Ngừng dùng' }, 'chưa có trong kho'],
    [
      'another topic’s name',
      question('khai sinh trễ', { 'Tên chủ đề': 'Tách hộ' }),
      '“Tách hộ”: hãy sửa mã hoặc tên',
    ],
    [
      'an unknown facet',
      answer('Miễn phí.', { 'Khía cạnh': 'Phi, le ph' }),
      'có phải là “Phí, lệ phí” không?',
    ],
    ['an unknown state', question('khai sinh trễ', { 'Trạng thái': 'xong' }), 'Trạng thái “xong” không đúng'],
    ['an answer without a facet', answer('Miễn phí.', { 'Khía cạnh': '' }), 'cần có khía cạnh'],
    [
      'a facet of an article',
      { ...HOURS_ROW, 'Khía cạnh': 'fee', 'Câu trả lời': 'x' },
      'Bài viết chỉ có một câu trả lời',
    ],
    ['nothing to say', { 'Mã chủ đề': '1.001193', 'Trạng thái': 'Nháp' }, 'không có câu hỏi và câu trả lời'],
    ['a long question', question('a'.repeat(301)), 'Câu hỏi dài 301 ký tự, nhiều nhất 300 ký tự'],
    ['a long answer', answer('ă'.repeat(4001)), 'Câu trả lời dài 4.001 ký tự, nhiều nhất 4.000 ký tự'],
    ['a question without words', question('???'), 'không có chữ nào'],
    ['a day', question('46348.25'), 'chỉ có một số'],
    ['HTML', answer('Xem <script>alert(1)</script>'), 'mã HTML <script>'],
    ['an unknown placeholder', answer('Gọi {{centre.phon}}.'), 'hãy dùng {{centre.phone}}'],
    ['a strange revision', question('khai sinh trễ', { 'Phiên bản': 'v2' }), 'Phiên bản “v2” không đúng'],
  ])('%s', (_, row, said) => {
    const { rows, records } = plan([question('câu hỏi hợp lệ'), row]);
    expect(rows[1]).toMatchObject({ row: 3, kind: 'fault', message: expect.stringContaining(said) });
    expect(records).toEqual([]);
  });
  it('more than 2.000 rows of one topic', () => {
    const rows = Array.from({ length: 2001 }, (_, index) => question(`khai sinh trường hợp ${index}`));
    expect(kinds(rows)).toEqual(['2002 fault']);
    expect(plan(rows.slice(1)).counts).toMatchObject({ new: 2000, fault: 0 });
  });
  it('a district office is worth a note, and no fault', () => {
    expect(plan([answer('Nộp tại UBND cấp huyện.')]).rows[0]).toMatchObject({
      kind: 'changed',
      message: expect.stringContaining('Lưu ý: câu trả lời nhắc “UBND cấp huyện”'),
    });
  });
});

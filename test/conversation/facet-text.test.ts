import { describe, expect, it } from 'vitest';
import { evidenceLine, type FacetContext, facetText } from '../../src/conversation/facet-text.ts';
import { FACETS, type Facet } from '../../src/domain/facet.ts';
import { type Facts, type Procedure, procedureSchema } from '../../src/domain/topic.ts';
import { SMALL_CENTRE } from '../fixtures/small-knowledge.ts';

const evidence = { source: 'Cổng Dịch vụ công quốc gia', checkedOn: '2026-11-21', verified: true };

function procedure(facts: object, answers: object = {}): Procedure {
  return procedureSchema.parse({
    ...{ kind: 'procedure', id: 'khai-sinh', name: 'Thủ tục đăng ký khai sinh', label: 'Khai sinh' },
    ...{ field: 'ho-tich', phrases: ['khai sinh'], facts: { evidence, ...facts }, answers },
  });
}

const say = (facts: object, facet: Facet, context?: FacetContext) =>
  facetText(procedure(facts), facet, context).text;

describe('phí, lệ phí', () => {
  const cases: [string, object[], string][] = [
    ['không mất tiền', [{ amount: 0, for: 'cấp lần đầu' }], 'Phí, lệ phí: **miễn phí** (cấp lần đầu).'],
    ['một mức', [{ amount: 8000, for: 'một bản sao.' }], 'Phí, lệ phí: **8.000 đồng** (một bản sao).'],
    [
      'một mức khi nộp qua mạng',
      [{ amount: 1350000, for: 'một lần cấp', channel: 'online' }],
      'Phí, lệ phí khi nộp trực tuyến: **1.350.000 đồng** (một lần cấp).',
    ],
    [
      'mức theo cách nộp',
      [
        { amount: 20000, for: 'một lần', channel: 'in-person' },
        { amount: 10000, for: 'một lần', channel: 'online' },
      ],
      'Phí, lệ phí (một lần): nộp trực tiếp **20.000 đồng**; nộp trực tuyến **10.000 đồng**.',
    ],
    [
      'tỉnh quy định',
      [{ amount: 'province', for: 'lệ phí cấp sổ' }],
      'Mức thu (lệ phí cấp sổ) do Hội đồng nhân dân tỉnh quy định; anh/chị vui lòng xem trên Cổng Dịch vụ công quốc gia hoặc hỏi nơi tiếp nhận hồ sơ.',
    ],
    [
      'nhiều mức, một mức do tỉnh quy định',
      [
        { amount: 0, for: 'đăng ký đúng hạn' },
        { amount: 'province', for: 'đăng ký quá hạn' },
      ],
      [
        'Phí, lệ phí:\n\n- Đăng ký đúng hạn: **miễn phí**\n- Đăng ký quá hạn: do Hội đồng nhân dân tỉnh quy định',
        'Với mức thu do Hội đồng nhân dân tỉnh quy định, anh/chị vui lòng xem trên Cổng Dịch vụ công quốc gia hoặc hỏi nơi tiếp nhận hồ sơ.',
      ].join('\n\n'),
    ],
  ];
  it.each(cases)('%s', (_name, value, text) => {
    expect(say({ fees: { value } }, 'fee')).toBe(text);
  });
});

describe('thời hạn giải quyết', () => {
  const within = (text: string) => `Thời hạn giải quyết: **${text}**, tính từ khi nhận đủ hồ sơ hợp lệ.`;
  it.each([
    [1, 'working-day', within('01 ngày làm việc')],
    [15, 'day', within('15 ngày')],
    [1.5, 'working-day', within('1,5 ngày làm việc')],
    [0.5, 'working-day', within('nửa ngày làm việc')],
    [1, 'year', within('1 năm')],
    [6, 'month', within('6 tháng')],
    [30, 'minute', within('30 phút')],
    [0, 'working-day', 'Hồ sơ đầy đủ, hợp lệ được **giải quyết ngay trong ngày**.'],
  ])('%s %s', (value, unit, text) => {
    expect(say({ time: { value: { value, unit } } }, 'time')).toBe(text);
  });

  it('nói thêm lời ghi chú, với đúng một dấu chấm', () => {
    const time = { value: { value: 3, unit: 'day' }, note: 'Cần xác minh thì lâu hơn..' };
    expect(say({ time }, 'time')).toBe(`${within('03 ngày')}\n\nCần xác minh thì lâu hơn.`);
  });
});

describe('thành phần hồ sơ', () => {
  it('đánh số, ghi số bản và loại bản', () => {
    const value = [
      { name: 'Tờ khai (theo mẫu);', copies: 1, kind: 'original' },
      { name: 'giấy chứng sinh', copies: 2 },
      { name: 'Hợp đồng', kind: 'certified-copy' },
      { name: 'Thẻ căn cước', copies: 1, kind: 'show' },
      { name: 'Ảnh chân dung' },
    ];
    expect(say({ documents: { value } }, 'documents')).toBe(
      [
        'Anh/chị cần chuẩn bị:\n',
        '1. Tờ khai (theo mẫu) – 01 bản chính',
        '2. Giấy chứng sinh – 02 bản',
        '3. Hợp đồng – bản sao có chứng thực',
        '4. Thẻ căn cước – mang theo để đối chiếu',
        '5. Ảnh chân dung',
      ].join('\n'),
    );
  });

  it('không đánh số khi chỉ có một giấy', () => {
    expect(say({ documents: { value: [{ name: 'Tờ khai', copies: 1 }] } }, 'documents')).toBe(
      'Anh/chị cần chuẩn bị:\n\n- Tờ khai – 01 bản',
    );
  });
});

describe('nơi nộp hồ sơ', () => {
  const commune = { level: { value: ['commune'] }, agency: { value: 'UBND cấp xã nơi cư trú' } };

  it('cấp xã: nộp tại Trung tâm Phục vụ hành chính công cấp xã, và qua mạng nếu được', () => {
    expect(say({ ...commune, online: { value: 'full' } }, 'where')).toBe(
      [
        'Cơ quan giải quyết: **UBND cấp xã nơi cư trú**.',
        'Anh/chị nộp hồ sơ tại Trung tâm Phục vụ hành chính công cấp xã.',
        'Anh/chị cũng có thể nộp trực tuyến trên Cổng Dịch vụ công quốc gia.',
      ].join('\n\n'),
    );
  });

  it('cấp tỉnh: nói tên và địa chỉ của trung tâm', () => {
    const facts = { level: { value: ['province'] }, agency: { value: 'Sở Tư pháp' } };
    expect(say(facts, 'where', { centre: SMALL_CENTRE })).toBe(
      `Cơ quan giải quyết: **Sở Tư pháp**.\n\nAnh/chị nộp hồ sơ tại ${SMALL_CENTRE.name} (Số 1 đường Thử Nghiệm).`,
    );
  });

  it('công an: không chỉ sang quầy khác', () => {
    const facts = { level: { value: ['commune'] }, agency: { value: 'Công an cấp xã' } };
    expect(say(facts, 'where')).toBe('Cơ quan tiếp nhận, giải quyết: **Công an cấp xã**.');
  });

  it('chỉ in đậm tên cơ quan, câu sau đứng riêng; câu chỉ cách nộp thì để nguyên', () => {
    const value = 'UBND cấp xã nơi cư trú. Hồ sơ nộp tại Trung tâm Phục vụ hành chính công';
    expect(say({ ...commune, agency: { value } }, 'where')).toBe(
      'Cơ quan giải quyết: **UBND cấp xã nơi cư trú**.\n\nHồ sơ nộp tại Trung tâm Phục vụ hành chính công.',
    );
    const online = 'Nộp trực tuyến trên VNeID. UBND cấp xã và Công an cùng giải quyết';
    expect(say({ agency: { value: online } }, 'where')).toBe(`${online}.`);
  });

  it('ghi chú đã nói nơi nộp thì không nói lại', () => {
    const agency = { value: 'UBND cấp xã', note: 'Hồ sơ nộp tại Trung tâm Phục vụ hành chính công' };
    expect(say({ ...commune, agency }, 'where')).toBe(
      'Cơ quan giải quyết: **UBND cấp xã**.\n\nHồ sơ nộp tại Trung tâm Phục vụ hành chính công.',
    );
  });
});

describe('nộp trực tuyến, mẫu đơn, căn cứ pháp lý, tra cứu', () => {
  it.each([
    ['full', 'nộp trực tuyến toàn trình'],
    ['partial', 'nộp trực tuyến một phần'],
    ['none', 'chưa nộp trực tuyến được'],
  ])('trực tuyến %s', (value, words) => {
    expect(say({ online: { value } }, 'online')).toContain(`**${words}**`);
  });

  it('mẫu đơn có liên kết thì bấm vào là mở', () => {
    const url = 'https://dichvucong.gov.vn/mau.docx';
    expect(say({ forms: { value: [{ name: 'Tờ khai', url }] } }, 'forms')).toBe(
      `Mẫu đơn, tờ khai cần dùng:\n\n- [Tờ khai](${url})`,
    );
    expect(say({ forms: { value: [{ name: 'Tờ khai' }] } }, 'forms')).toContain('ở nơi tiếp nhận hồ sơ.');
  });

  it('văn bản được gọi tên theo loại; văn bản hết hiệu lực được nói rõ', () => {
    const value = [
      { number: '60/2014/QH13', title: 'Luật Hộ tịch' },
      { number: '123/2015/NĐ-CP', title: 'hướng dẫn Luật Hộ tịch' },
      { number: '101/2024/NĐ-CP', title: 'Nghị định về cấp sổ đỏ' },
      { number: '63/2023/TT-BTC', validTo: '2025-12-31' },
      { number: '64/2025/TT-BTC', validTo: '2026-12-31' },
    ];
    const lines = say({ legal: { value } }, 'legal', { now: new Date('2026-11-21') })
      .split('\n')
      .slice(2);
    expect(lines).toEqual([
      '- Luật Hộ tịch, số 60/2014/QH13',
      '- Nghị định 123/2015/NĐ-CP: hướng dẫn Luật Hộ tịch',
      '- Nghị định về cấp sổ đỏ, số 101/2024/NĐ-CP',
      '- Thông tư 63/2023/TT-BTC (đã **hết hiệu lực** sau ngày 31/12/2025)',
      '- Thông tư 64/2025/TT-BTC (hiệu lực đến hết ngày 31/12/2026)',
    ]);
  });

  it('ngày hết hiệu lực tính theo giờ Việt Nam', () => {
    const legal = { value: [{ number: '63/2023/TT-BTC', validTo: '2025-12-31' }] };
    const at = (now: string) => say({ legal }, 'legal', { now: new Date(now) });
    expect(at('2025-12-31T16:59:00Z')).toContain('hiệu lực đến hết ngày');
    expect(at('2025-12-31T17:00:00Z')).toContain('hết hiệu lực');
  });

  it('tra cứu: bằng mã hồ sơ, với số điện thoại của trung tâm', () => {
    const { text, known } = facetText(procedure({}), 'status', { centre: SMALL_CENTRE });
    expect(known).toBe(true);
    expect(text).toContain('**mã hồ sơ**');
    expect(text).toContain('0203 000 000');
  });
});

describe('tổng quan', () => {
  it('lấy lời của cán bộ nếu có', () => {
    const answered = procedure({}, { overview: { text: 'Cha mẹ đi khai sinh cho con.' } });
    expect(facetText(answered, 'overview').text).toBe('Cha mẹ đi khai sinh cho con.');
  });

  it('nếu không thì ghép từ cơ quan, thời hạn, lệ phí', () => {
    const facts = {
      agency: { value: 'UBND cấp xã' },
      time: { value: { value: 1, unit: 'working-day' } },
      fees: { value: [{ amount: 0, for: 'đúng hạn' }] },
    };
    expect(say(facts, 'overview')).toBe(
      'Thủ tục **đăng ký khai sinh** do UBND cấp xã giải quyết. Thời hạn giải quyết: **01 ngày làm việc**, tính từ khi nhận đủ hồ sơ hợp lệ. Phí, lệ phí: **miễn phí** (đúng hạn).',
    );
  });
});

describe('điều chưa biết', () => {
  const unknown = FACETS.filter(facet => facet !== 'status');
  it.each(unknown)('%s: nói là chưa rõ và chỉ nơi hỏi', facet => {
    const { text, known } = facetText(procedure({}), facet);
    expect(known).toBe(false);
    expect(text).toMatch(/^Hiện chưa rõ .+\. Anh\/chị vui lòng xem trên Cổng Dịch vụ công quốc gia/);
  });
});

describe('mức riêng của tỉnh', () => {
  const fees: Facts['fees'] = { value: [{ amount: 12000, for: 'quá hạn', channel: 'any' }] };
  const text = 'Tỉnh quy định lệ phí.';
  const answered = procedure(
    { fees: { value: [{ amount: 'province', for: 'quá hạn' }] } },
    { fee: { text } },
  );

  it('thay cho mức chung và cho lời viết sẵn về mức đó', () => {
    expect(facetText(answered, 'fee').text).toBe(text);
    expect(facetText(answered, 'fee', { overlay: { fees } }).text).toBe(
      'Phí, lệ phí: **12.000 đồng** (quá hạn).',
    );
  });

  it('có nguồn riêng: của mức đó, nếu không thì của tệp trung tâm', () => {
    const own = { source: 'Nghị quyết của HĐND tỉnh', checkedOn: '2026-11-01', verified: true };
    const sourceWith = (context: FacetContext) => facetText(answered, 'fee', context).evidence.source;
    expect(sourceWith({ overlay: { fees: { ...fees!, ...own } } })).toBe(own.source);
    expect(sourceWith({ overlay: { fees }, centre: SMALL_CENTRE })).toBe('dữ liệu thử');
    expect(facetText(answered, 'fee', { overlay: { fees } }).evidence.verified).toBe(false);
  });
});

describe('nguồn', () => {
  it('nói nguồn và ngày kiểm tra', () => {
    expect(evidenceLine(evidence)).toBe('Nguồn: Cổng Dịch vụ công quốc gia, kiểm tra ngày 21/11/2026.');
  });

  it('nhắc hỏi lại khi chưa đối chiếu được', () => {
    expect(evidenceLine({ ...evidence, source: 'Luật Cư trú.', verified: false })).toBe(
      'Nguồn: Luật Cư trú, kiểm tra ngày 21/11/2026. Thông tin cần xác nhận lại với cơ quan tiếp nhận.',
    );
  });

  it('của từng mục nếu có, nếu không thì của cả thủ tục', () => {
    const time = { value: { value: 1, unit: 'day' }, source: 'Luật Hộ tịch' };
    expect(facetText(procedure({ time }), 'time').evidence).toEqual({ ...evidence, source: 'Luật Hộ tịch' });
  });
});

/** The aspects of a procedure that citizens ask about, in the order in which a reply offers them. */
export const FACETS = [
  'overview',
  'documents',
  'fee',
  'time',
  'where',
  'online',
  'conditions',
  'steps',
  'forms',
  'result',
  'legal',
  'status',
] as const;

export type Facet = (typeof FACETS)[number];

/** What a citizen sees on a tap; at most 20 characters, the limit of a Messenger quick reply. */
export const FACET_LABELS = {
  overview: 'Tổng quan',
  documents: 'Thành phần hồ sơ',
  fee: 'Phí, lệ phí',
  time: 'Thời hạn giải quyết',
  where: 'Nơi nộp hồ sơ',
  online: 'Nộp trực tuyến',
  conditions: 'Đối tượng, điều kiện',
  steps: 'Trình tự thực hiện',
  forms: 'Mẫu đơn, tờ khai',
  result: 'Kết quả nhận được',
  legal: 'Căn cứ pháp lý',
  status: 'Tra cứu hồ sơ',
} as const satisfies Record<Facet, string>;

export function isFacet(value: string): value is Facet {
  return (FACETS as readonly string[]).includes(value);
}

import { FACET_LABELS } from '../../domain/facet.ts';
import { COLUMNS } from './columns.ts';
import { headingRow } from './export-rows.ts';

/** What each column means, as two columns of text. */
export function guideRows(): string[][] {
  return [
    ['Cột', 'Ý nghĩa'],
    ...COLUMNS.map(({ heading, required, meaning }) => [
      heading,
      required ? meaning : `(Tuỳ chọn) ${meaning}`,
    ]),
    ['Các khía cạnh', Object.values(FACET_LABELS).join(' · ')],
    ...HOW_TO.map(([what, text]) => [what, text]),
    ...EXAMPLES.map(([what, cells]) => [what, exampleText(cells)]),
  ];
}

/** The table without content. A CSV has no second sheet: its guide stands in rows that an import skips. */
export function templateRows(format: 'csv' | 'xlsx'): string[][] {
  if (format === 'xlsx') return [headingRow()];
  return [headingRow(), ...guideRows().map(([what, text]) => [`# ${what}: ${text}`])];
}

const HOW_TO = [
  [
    'Thêm câu hỏi',
    'Ghi mã chủ đề, câu hỏi và trạng thái “Đang dùng”. Dòng không có trong bảng thì giữ nguyên, không bị xoá.',
  ],
  [
    'Sửa câu hỏi',
    'Dòng cũ ghi “Ngừng dùng”, thêm một dòng mới với câu hỏi đã sửa. Nếu chỉ sửa dấu thì sửa ngay trên dòng cũ.',
  ],
  ['Sửa câu trả lời', 'Sửa ngay trên dòng, xem lại cột “Nguồn” và “Đã kiểm chứng”.'],
  [
    'Ngừng cả chủ đề',
    'Thêm một dòng chỉ có mã chủ đề và trạng thái “Ngừng dùng”; ghi “Đang dùng” để dùng lại.',
  ],
  ['Thủ tục mới', 'Bảng không tạo được thủ tục mới, vì thủ tục cần hồ sơ, phí, thời hạn và căn cứ.'],
  ['Không dùng', 'Công thức, ô gộp, màu sắc. Dòng có ô đầu bắt đầu bằng dấu # được bỏ qua.'],
  ['Khi có lỗi', 'Chỉ cần một dòng lỗi hoặc mâu thuẫn thì cả tệp không được nhập. Xem trước bằng --dry-run.'],
] as const;

const EXAMPLES: readonly [string, Record<string, string>][] = [
  [
    'Ví dụ 1',
    {
      'Mã chủ đề': '1.001193',
      'Câu hỏi': 'làm giấy khai sinh cho bé mất bao nhiêu tiền',
      'Trạng thái': 'Đang dùng',
    },
  ],
  [
    'Ví dụ 2',
    {
      'Mã chủ đề': '1.001193',
      'Khía cạnh': 'Nơi nộp hồ sơ',
      'Câu trả lời': 'Anh/chị nộp tại Trung tâm Phục vụ hành chính công hoặc UBND cấp xã.',
      'Trạng thái': 'Nháp',
    },
  ],
];

function exampleText(cells: Record<string, string>): string {
  return Object.entries(cells)
    .map(([heading, text]) => `${heading} = ${text}`)
    .join(' | ');
}

import { FACET_LABELS, FACETS, type Facet } from '../../domain/facet.ts';
import type { RevisionStatus } from '../../domain/knowledge.ts';
import type { ArticleGroup } from '../../domain/topic.ts';
import { foldWording } from '../fold-wording.ts';

/** The columns of the table that staff edit in a spreadsheet, in their order. */
export const COLUMNS = [
  {
    key: 'topic',
    heading: 'Mã chủ đề',
    required: true,
    width: 22,
    meaning:
      'Bắt buộc ở mọi dòng. Mã thủ tục (ví dụ 1.001193) hoặc mã bài viết (ví dụ gio-lam-viec). Mã chưa có thì tạo bài viết mới: chỉ dùng chữ thường không dấu, số, dấu chấm và gạch nối.',
  },
  {
    key: 'name',
    heading: 'Tên chủ đề',
    required: false,
    width: 40,
    meaning:
      'Để dễ đọc và để phát hiện ghi nhầm mã; bảng không đổi tên chủ đề đang có. Bài viết mới phải có tên.',
  },
  {
    key: 'label',
    heading: 'Tên ngắn',
    required: false,
    width: 20,
    meaning: 'Chỉ cần cho bài viết mới: tên trên nút bấm, nhiều nhất 20 ký tự. Để trống thì lấy tên chủ đề.',
  },
  {
    key: 'group',
    heading: 'Nhóm',
    required: false,
    width: 14,
    meaning:
      'Chỉ cần cho bài viết mới: Liên hệ, Phản ánh, Khẩn cấp, Hướng dẫn hoặc Trò chuyện. Để trống là Hướng dẫn.',
  },
  {
    key: 'facet',
    heading: 'Khía cạnh',
    required: true,
    width: 22,
    meaning:
      'Khía cạnh của thủ tục mà câu trả lời nói tới, ví dụ Phí, lệ phí. Bài viết chỉ có một câu trả lời nên để trống. Câu hỏi không cần khía cạnh.',
  },
  {
    key: 'question',
    heading: 'Câu hỏi',
    required: true,
    width: 50,
    meaning:
      'Một câu hỏi mẫu, viết như người dân hỏi, nhiều nhất 300 ký tự. Mỗi dòng thêm một câu vào chủ đề; một câu chỉ thuộc một chủ đề.',
  },
  {
    key: 'answer',
    heading: 'Câu trả lời',
    required: true,
    width: 70,
    meaning:
      'Câu trả lời của khía cạnh (thủ tục) hoặc của bài viết, nhiều nhất 4.000 ký tự, xuống dòng bằng Alt+Enter. Thay câu trả lời đang có.',
  },
  {
    key: 'status',
    heading: 'Trạng thái',
    required: true,
    width: 14,
    meaning:
      'Đang dùng: trả lời người dân khi phần mềm khởi động lại sau khi nhập. Nháp hoặc để trống: lưu lại, chưa trả lời người dân. Chờ duyệt: như Nháp, đã gửi người duyệt. Ngừng dùng: bỏ câu hỏi hoặc câu trả lời của dòng này; dòng chỉ có mã chủ đề thì ngừng cả chủ đề.',
  },
  {
    key: 'source',
    heading: 'Nguồn',
    required: false,
    width: 40,
    meaning:
      'Nguồn của câu trả lời, ví dụ số văn bản. Để trống khi sửa câu trả lời thì ghi là do cán bộ biên soạn.',
  },
  {
    key: 'verified',
    heading: 'Đã kiểm chứng',
    required: false,
    width: 14,
    meaning:
      'Có: đã đối chiếu với nguồn. Không hoặc để trống khi sửa câu trả lời: người dân thấy dòng “cần xác nhận lại”.',
  },
  {
    key: 'revision',
    heading: 'Phiên bản',
    required: false,
    width: 10,
    meaning:
      'Phần mềm tự ghi khi xuất; không sửa. Nhờ đó không ghi đè nội dung mà người khác vừa sửa. Dòng mới để trống.',
  },
] as const satisfies readonly {
  key: string;
  heading: string;
  required: boolean;
  /** In characters, for a spreadsheet. */
  width: number;
  meaning: string;
}[];

export type ColumnKey = (typeof COLUMNS)[number]['key'];

/** How staff write the states; the first word is the one that an export writes. */
const STATUS_WORDS: Record<RevisionStatus, readonly string[]> = {
  published: ['Đang dùng', 'Đã xuất bản', 'Xuất bản', 'Công bố'],
  draft: ['Nháp', 'Bản nháp'],
  'in-review': ['Chờ duyệt', 'Đang duyệt'],
  retired: ['Ngừng dùng', 'Ngừng', 'Đã ngừng', 'Ngưng dùng'],
};
const GROUP_WORDS: Record<ArticleGroup, readonly string[]> = {
  contact: ['Liên hệ'],
  report: ['Phản ánh'],
  emergency: ['Khẩn cấp'],
  howto: ['Hướng dẫn'],
  smalltalk: ['Trò chuyện'],
};
const YES_WORDS = ['Có', 'Rồi', 'Đúng', 'x', 'yes', 'true', '1'];
const NO_WORDS = ['Không', 'Chưa', 'no', 'false', '0'];

export const STATUS_LABELS = labelsOf(STATUS_WORDS);
export const GROUP_LABELS = labelsOf(GROUP_WORDS);
export const VERIFIED_LABELS = { yes: 'Có', no: 'Không' };

const statuses = reader(STATUS_WORDS);
const groups = reader(GROUP_WORDS);
const facets = reader(Object.fromEntries(FACETS.map(facet => [facet, [FACET_LABELS[facet]]])));
const headings = new Map(COLUMNS.map(({ key, heading }) => [foldWording(heading), key]));

/** These read a cell without regard to case and accents, as a label or as the id; null = not known. */
export const readStatus = (text: string) => statuses(text) as RevisionStatus | null;
export const readGroup = (text: string) => groups(text) as ArticleGroup | null;
export const readFacet = (text: string) => facets(text) as Facet | null;
export const readHeading = (text: string): ColumnKey | null => headings.get(foldWording(text)) ?? null;
export function readVerified(text: string): boolean | null {
  const word = foldWording(text);
  if (YES_WORDS.some(yes => foldWording(yes) === word)) return true;
  return NO_WORDS.some(no => foldWording(no) === word) ? false : null;
}

function labelsOf<K extends string>(words: Record<K, readonly string[]>): Record<K, string> {
  return Object.fromEntries(
    Object.entries<readonly string[]>(words).map(([id, [label]]) => [id, label]),
  ) as Record<K, string>;
}

function reader(words: Record<string, readonly string[]>): (text: string) => string | null {
  const known = new Map(
    Object.entries(words).flatMap(([id, labels]) => [id, ...labels].map(word => [foldWording(word), id])),
  );
  return text => known.get(foldWording(text)) ?? null;
}

import type { Article } from '../../domain/topic.ts';
import { curated, type Edit } from './edit-topic.ts';
import type { RowWish } from './parse-row.ts';

const LONGEST_LABEL = 20;
const ID = /^[a-z0-9][a-z0-9.-]{1,79}$/;
/** `1.001193`: a national code. */
const CODE = /^\d\.\d{6}$/;

/** A new article of what the rows set, or what they lack (Vietnamese). */
export function newArticle(id: string, wishes: readonly RowWish[], edits: readonly Edit[], now: Date) {
  const answer = edits.find(edit => edit.part === 'answer');
  const phrases = edits.flatMap(edit => (edit.part === 'question' ? [edit.text] : []));
  const first = <K extends 'name' | 'label' | 'group'>(key: K) =>
    wishes.find(wish => wish[key] !== null)?.[key] ?? null;
  const name = first('name');
  const label = first('label') ?? name;
  const problem = problemOf(id, wishes, { name, label, phrases, hasAnswer: answer !== undefined });
  if (problem !== null || !answer || !name || !label) return { problem: problem ?? '' };
  const article: Article = {
    kind: 'article',
    id,
    name,
    label,
    aliases: [],
    phrases,
    group: first('group') ?? 'howto',
    answer: curated(undefined, answer.wish, now),
    links: [],
  };
  return { article };
}

type Found = { name: string | null; label: string | null; phrases: string[]; hasAnswer: boolean };

function problemOf(id: string, wishes: readonly RowWish[], found: Found): string | null {
  if (CODE.test(id) || wishes.some(({ facet }) => facet !== null))
    return `Chưa có thủ tục nào mang mã “${id}”: kiểm tra lại mã. Bảng không tạo được thủ tục mới, vì thủ tục cần hồ sơ, phí, thời hạn và căn cứ; hãy thêm tệp trong thư mục intents/. Nếu là bài viết mới thì để trống cột “Khía cạnh”.`;
  if (!ID.test(id))
    return `Mã chủ đề “${id}” chưa có và không dùng làm mã mới được: chỉ dùng chữ thường không dấu, số, dấu chấm và gạch nối, ví dụ gio-lam-viec.`;
  const { name, label, phrases, hasAnswer } = found;
  const missing = [
    ...(name ? [] : ['“Tên chủ đề”']),
    ...(phrases.length > 0 ? [] : ['ít nhất một “Câu hỏi”']),
    ...(hasAnswer ? [] : ['“Câu trả lời”']),
  ];
  if (missing.length > 0)
    return `Mã “${id}” chưa có trong kho nên sẽ là bài viết mới, còn thiếu ${missing.join(', ')} (cùng trạng thái). Nếu định ghi vào chủ đề đang có thì sửa lại mã.`;
  if (label && label.length > LONGEST_LABEL)
    return `Tên chủ đề dài ${label.length} ký tự: hãy ghi thêm cột “Tên ngắn”, nhiều nhất ${LONGEST_LABEL} ký tự.`;
  for (const key of ['name', 'label', 'group'] as const) {
    const values = new Set(wishes.map(wish => wish[key]).filter(value => value !== null));
    if (values.size > 1)
      return `Các dòng của bài viết mới “${id}” ghi tên hoặc nhóm khác nhau: hãy ghi giống nhau.`;
  }
  return null;
}

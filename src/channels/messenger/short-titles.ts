import { shorten } from './split-text.ts';

/**
 * Titles of at most `limit` UTF-16 units that stay distinct, in the same order. Those that would be cut to the
 * same lose what they share at the start; what is still the same gets a number.
 */
export function shortTitles(titles: readonly string[], limit: number): string[] {
  const cut = titles.map(title => shorten(title.trim(), limit));
  const distinct = cut.map((title, i) => {
    const rivals = titles.filter((_, j) => sameTitle(cut[j] ?? '', title));
    return rivals.length > 1 ? shorten(`…${withoutShared(titles[i] ?? '', rivals)}`, limit) : title;
  });
  return distinct.map((title, i) => {
    const isClear = title.length > 1 && distinct.every((other, j) => i === j || !sameTitle(other, title));
    return isClear ? title : numbered(titles[i] ?? '', i, limit);
  });
}

function sameTitle(a: string, b: string): boolean {
  return a.toLocaleLowerCase('vi') === b.toLocaleLowerCase('vi');
}

/** "Đăng ký lại khai sinh lưu động" beside "Đăng ký lại khai sinh có yếu tố nước ngoài" → "lưu động". */
function withoutShared(title: string, rivals: readonly string[]): string {
  const words = title.trim().split(/\s+/);
  const others = rivals.map(rival => rival.trim().split(/\s+/));
  const shared = words.findIndex((word, i) => others.some(other => other[i] !== word));
  return words.slice(Math.max(shared, 0)).join(' ');
}

function numbered(title: string, index: number, limit: number): string {
  const number = `${index + 1}. `;
  return `${number}${shorten(title.trim(), limit - number.length)}`;
}

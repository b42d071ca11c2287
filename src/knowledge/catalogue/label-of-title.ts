/** A label fits on a tap. */
const LONGEST = 20;

/** What every other title begins with, and words that have a well-known short form. */
const SHORT_FORMS: readonly [RegExp, string][] = [
  [/^(?:thủ tục|thực hiện|giải quyết)\s+/iu, ''],
  [/^(?:thủ tục|thực hiện|giải quyết)\s+/iu, ''],
  [/giấy chứng nhận quyền sử dụng đất[^,;]*/giu, 'sổ đỏ'],
  [/giấy chứng nhận/giu, 'GCN'],
  [/giấy phép lái xe/giu, 'bằng lái'],
  [/giấy phép/giu, 'GP'],
  [/chứng chỉ hành nghề/giu, 'CCHN'],
  [/chứng chỉ/giu, 'CC'],
  [/doanh nghiệp/giu, 'DN'],
  [/hợp tác xã/giu, 'HTX'],
  [/bảo hiểm xã hội/giu, 'BHXH'],
  [/bảo hiểm y tế/giu, 'BHYT'],
  [/người nước ngoài/giu, 'NNN'],
  [/đăng ký/giu, 'ĐK'],
];

/** An everyday label for an official title, at most 20 characters, cut at a word; the full title stands beside it. */
export function labelOfTitle(title: string): string {
  const short = SHORT_FORMS.reduce((text, [pattern, form]) => text.replace(pattern, form), title)
    .replace(/\s*\([^)]*\)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const words = (short || title).split(' ');
  let label = words[0]?.slice(0, LONGEST - 1) ?? '';
  let used = 1;
  while (used < words.length && `${label} ${words[used]}`.length < LONGEST) {
    label = `${label} ${words[used]}`;
    used += 1;
  }
  const text = used < words.length ? `${label}…` : label;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

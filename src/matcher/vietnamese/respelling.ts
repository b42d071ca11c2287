/**
 * Spellings by ear and of chat: what stands at a word's start or end → what the dictionary has. Sounds that regions
 * speak alike (ch–tr, d–gi–r, s–x, final n–ng, t–c; Đoàn Thiện Thuật, "Ngữ âm tiếng Việt", 1977) and letters that
 * chat puts for others (f, j, w, z). Letters that differ by one key or one letter are a typing error's affair.
 */
const STARTS: Record<string, readonly string[]> = {
  ch: ['tr'],
  tr: ['ch'],
  d: ['gi'],
  gi: ['d', 'r'],
  r: ['gi', 'd'],
  f: ['ph'],
  j: ['gi', 'ch'],
  w: ['qu'],
  z: ['d', 'gi', 'v'],
  dz: ['d', 'v'],
  k: ['c'],
  c: ['k'],
  q: ['qu'],
  ng: ['ngh'],
  g: ['gh'],
};
const ENDS: Record<string, readonly string[]> = {
  n: ['ng'],
  ng: ['n'],
  t: ['c'],
  c: ['t'],
  k: ['c', 'ch'],
  g: ['ng'],
  h: ['nh', 'ch'],
  iu: ['ieu'],
  ui: ['oi', 'uoi'],
};
const LONGEST_AFFIX = 2;

/** The word as the dictionary may have it, in every way that the table knows; accents stay. */
export function respell(text: string): string[] {
  const found: string[] = [];
  for (let length = 1; length <= LONGEST_AFFIX && length < text.length; length += 1) {
    const rest = text.slice(length);
    for (const start of STARTS[text.slice(0, length)] ?? []) found.push(start + rest);
    const stem = text.slice(0, -length);
    for (const end of ENDS[text.slice(-length)] ?? []) found.push(stem + end);
  }
  return found;
}

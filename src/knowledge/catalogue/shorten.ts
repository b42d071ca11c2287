/** What stands at the end of a text that was cut. */
const MORE = '… *(còn nữa, xem toàn văn ở liên kết bên dưới)*';

/** The first lines and sentences of a text that fit into `max` characters, as Markdown paragraphs. */
export function shorten(text: string, max: number): string {
  const lines = text
    .split(/\n+/)
    .map(line => line.replace(/\s+/g, ' ').trim())
    .filter(line => line !== '')
    .map(escapeMarkdown);
  const whole = lines.join('\n\n');
  if (whole.length <= max) return whole;
  const kept: string[] = [];
  let left = max - MORE.length;
  for (const line of lines) {
    if (line.length + 2 > left) {
      const sentences = cutAtSentence(line, left);
      if (sentences !== '') kept.push(sentences);
      break;
    }
    kept.push(line);
    left -= line.length + 2;
  }
  return `${kept.join('\n\n')} ${MORE}`;
}

/** Whole sentences where one fits, else whole words. */
function cutAtSentence(line: string, max: number): string {
  if (max < 40) return '';
  const part = line.slice(0, max);
  const end = Math.max(part.lastIndexOf('. '), part.lastIndexOf('; '));
  if (end > max / 3) return part.slice(0, end + 1);
  return part.slice(0, part.lastIndexOf(' '));
}

/** Signs that would start a list or a heading, or format words, stand for themselves. */
function escapeMarkdown(line: string): string {
  return line
    .replace(/[*_`[\]<>]/g, '\\$&')
    .replace(/^([-+#])(?=\s|$)/, '–')
    .replace(/^(\d+)\.(?=\s)/, '$1\\.');
}

import { marked, type Token, type Tokens } from 'marked';

/** Markdown → the plain text that Messenger shows: emphasis goes, lists keep their signs, links show where they lead. */
export function plainText(markdown: string): string {
  return blocks(marked.lexer(markdown))
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function blocks(tokens: Token[]): string {
  return tokens.map(blockText).filter(Boolean).join('\n\n');
}

function blockText(token: Token): string {
  switch (token.type) {
    case 'list':
      return listText(token as Tokens.List);
    case 'table':
      return tableText(token as Tokens.Table);
    case 'blockquote':
      return blocks(token.tokens ?? []);
    case 'hr':
      return '———';
    case 'code':
      return token.text;
    case 'space':
      return '';
    default:
      return inlineText(token).trim();
  }
}

function listText({ ordered, start, items }: Tokens.List): string {
  return items
    .map((item, i) => {
      const sign = ordered ? `${Number(start || 1) + i}.` : '•';
      return `${sign} ${itemText(item).replaceAll('\n', '\n  ')}`;
    })
    .join('\n');
}

function itemText({ tokens }: Tokens.ListItem): string {
  return tokens.map(blockText).filter(Boolean).join('\n');
}

function tableText({ header, rows }: Tokens.Table): string {
  const names = header.map(cell => inlineTexts(cell.tokens));
  return rows
    .map(row => {
      const cells = row.map((cell, i) => {
        const value = inlineTexts(cell.tokens);
        return names[i] && value ? `${names[i]}: ${value}` : value;
      });
      return `• ${cells.filter(Boolean).join('; ')}`;
    })
    .join('\n');
}

function inlineTexts(tokens: Token[]): string {
  return tokens.map(inlineText).join('');
}

function inlineText(token: Token): string {
  if (token.type === 'br') return '\n';
  if (token.type === 'link') return linkText(token as Tokens.Link);
  if ('tokens' in token && token.tokens) return inlineTexts(token.tokens);
  return 'text' in token ? token.text : token.raw;
}

/** A number or an address that is shown anyway is not said twice. */
function linkText({ href, tokens }: Tokens.Link): string {
  const shown = inlineTexts(tokens);
  if (/^(tel|mailto):/i.test(href) || href.includes(shown)) return shown;
  return `${shown} (${href})`;
}

import createDOMPurify, { type Config } from 'dompurify';
import { Marked } from 'marked';

const marked = new Marked({ gfm: true, breaks: true, async: false });
// Raw HTML in an answer is shown as the text that it is.
marked.use({ renderer: { html: ({ text }) => escapeHtml(text), image: ({ text }) => escapeHtml(text) } });

const purify = createDOMPurify(window);
purify.addHook('afterSanitizeAttributes', node => {
  if (node.nodeName !== 'A' || !/^https?:/i.test(node.getAttribute('href') ?? '')) return;
  node.setAttribute('target', '_blank');
  node.setAttribute('rel', 'noopener noreferrer');
});

const SAFE: Config & { RETURN_DOM_FRAGMENT: true } = {
  ALLOWED_TAGS: [
    ...['p', 'br', 'strong', 'em', 'del', 'code', 'blockquote', 'hr', 'ul', 'ol', 'li', 'a'],
    ...['h1', 'h2', 'h3', 'h4', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  ALLOWED_ATTR: ['href', 'start', 'align'],
  ALLOWED_URI_REGEXP: /^(?:https?:|tel:|mailto:)/i,
  RETURN_DOM_FRAGMENT: true,
};

/** Markdown of an answer as safe nodes: no script, no image, no style; web links open in a new tab. */
export function renderMarkdown(markdown: string): DocumentFragment {
  return purify.sanitize(marked.parse(markdown) as string, SAFE);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

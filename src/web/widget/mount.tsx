/** @jsxImportSource preact */
import { type ComponentChild, render } from 'preact';
import { createApi } from './api.ts';
import { paletteOf } from './colour.ts';
import { createConversation } from './conversation.ts';
import { saveIn } from './saved-conversation.ts';
import styles from './styles.css?inline';
import { TEXTS } from './texts.ts';

export type MountOptions = {
  /** Where the server is, without a slash at the end. */
  base: string;
  title?: string;
  /** `#rrggbb`; the centre's colour. */
  colour?: string;
};

/** Puts a component into a shadow root of `host`, with its own styles: none come in and none go out. */
export function mountInShadow(host: HTMLElement, colour: string | undefined, content: ComponentChild) {
  const shadow = host.attachShadow({ mode: 'open' });
  addStyles(shadow);
  const root = document.createElement('div');
  root.className = 'root';
  root.lang = 'vi';
  for (const [name, value] of Object.entries(paletteOf(colour)))
    root.style.setProperty(`--mc-${name}`, value);
  shadow.append(root);
  render(content, root);
  followKeyboard(host);
}

/** What the chat page and the widget both begin with. */
export function createChat({ base, title }: MountOptions) {
  const api = createApi(base);
  const store = createConversation(
    api,
    saveIn(() => window.sessionStorage, `motcua:${base}`),
    newId,
  );
  return { api, store, title: title ?? TEXTS.title };
}

/** A constructed sheet passes the strictest content security policy; older browsers take an element. */
function addStyles(shadow: ShadowRoot) {
  if ('adoptedStyleSheets' in shadow && 'replaceSync' in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    shadow.adoptedStyleSheets = [sheet];
    return;
  }
  const element = document.createElement('style');
  element.textContent = styles;
  (shadow as ShadowRoot).append(element);
}

/** An on-screen keyboard shrinks the visual viewport only; a full-screen panel follows it. */
function followKeyboard(host: HTMLElement) {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const follow = () => {
    host.style.setProperty('--mc-height', `${Math.round(viewport.height)}px`);
    host.style.setProperty('--mc-top', `${Math.round(viewport.offsetTop)}px`);
  };
  follow();
  viewport.addEventListener('resize', follow);
  viewport.addEventListener('scroll', follow);
}

/** `crypto.randomUUID` is missing on plain http, where some offices run their sites. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

/** @jsxImportSource preact */
import { createChat, mountInShadow } from './mount.tsx';
import { Widget } from './widget.tsx';

/**
 * `/widget.js`: `<script src="https://centre.example/widget.js" defer></script>` puts the assistant on a page.
 * Attributes: `data-title`, `data-colour` (`#rrggbb`), `data-open` (opens at once).
 */
const script = document.currentScript as HTMLScriptElement | null;
const TAG = 'motcua-widget';

if (script?.src && !document.querySelector(TAG)) {
  if (document.body) start(script);
  else document.addEventListener('DOMContentLoaded', () => start(script));
}

function start({ src, dataset }: HTMLScriptElement) {
  const options = { base: new URL(src).origin, title: dataset.title, colour: dataset.colour };
  const host = document.createElement(TAG);
  document.body.append(host);
  const startsOpen = dataset.open !== undefined && dataset.open !== 'false';
  mountInShadow(host, options.colour, <Widget {...createChat(options)} startsOpen={startsOpen} />);
}

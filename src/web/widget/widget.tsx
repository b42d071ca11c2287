/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Api } from './api.ts';
import { Chat } from './chat.tsx';
import type { ConversationStore } from './conversation.ts';
import { ChatIcon } from './icons.tsx';
import { TEXTS } from './texts.ts';

/** Where the panel fills the screen; as in `styles.css`. */
const FULL_SCREEN = '(max-width: 560px), (max-height: 480px)';

type Props = { api: Api; store: ConversationStore; title: string; startsOpen: boolean };

/** The launcher at the foot of somebody's page, and the panel that it opens. */
export function Widget({ api, store, title, startsOpen }: Props) {
  const [isOpen, setOpen] = useState(startsOpen);
  const input = useRef<HTMLTextAreaElement>(null);
  const launcher = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const moved = useRef(false);

  const move = (open: boolean) => {
    moved.current = true;
    setOpen(open);
  };
  useEffect(() => {
    // Opening by itself at the page's load takes nobody's focus.
    if (moved.current) (isOpen ? input : launcher).current?.focus();
  }, [isOpen]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && isOpen && !event.isComposing) move(false);
    if (event.key === 'Tab' && isOpen && window.matchMedia(FULL_SCREEN).matches)
      stayInside(event, panel.current);
    // The page under us may have shortcuts on single keys, and sees our text box only as "some element".
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of what it holds
    <div class="widget" onKeyDown={onKeyDown} onKeyUp={stop} onKeyPress={stop}>
      {isOpen ? (
        <div class="panel" role="dialog" aria-label={title} ref={panel}>
          <Chat {...{ api, store, title, input }} onClose={() => move(false)} />
        </div>
      ) : (
        <button
          type="button"
          class="launcher"
          ref={launcher}
          aria-haspopup="dialog"
          aria-label={TEXTS.openPanel}
          onClick={() => move(true)}
        >
          <ChatIcon />
          <span>{TEXTS.launcher}</span>
        </button>
      )}
    </div>
  );
}

function stop(event: Event) {
  event.stopPropagation();
}

/** A full-screen panel hides the page, so Tab goes round inside it. */
function stayInside(event: KeyboardEvent, panel: HTMLElement | null) {
  const stops = [
    ...(panel?.querySelectorAll<HTMLElement>('a[href], button, textarea, [tabindex="0"]') ?? []),
  ];
  const focused = (panel?.getRootNode() as ShadowRoot | undefined)?.activeElement;
  const [leaving, entering] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (focused !== leaving) return;
  event.preventDefault();
  entering?.focus();
}

/** @jsxImportSource preact */
import type { RefObject } from 'preact';
import { useEffect, useReducer } from 'preact/hooks';
import type { WireCentre } from '../../channels/web/wire.ts';
import type { Api } from './api.ts';
import { Composer } from './composer.tsx';
import { type ConversationStore, isWaiting } from './conversation.ts';
import { ClockIcon, CloseIcon, Emblem, PhoneIcon, RestartIcon } from './icons.tsx';
import { TEXTS } from './texts.ts';
import { Transcript } from './transcript.tsx';

type Props = {
  api: Api;
  store: ConversationStore;
  title: string;
  input: RefObject<HTMLTextAreaElement | null>;
  /** Given in the widget; the full page has nothing to close. */
  onClose?: () => void;
};

/** The whole conversation: header, transcript and question box. */
export function Chat({ api, store, title, input, onClose }: Props) {
  const conversation = useConversation(store);
  const busy = isWaiting(conversation);

  useEffect(() => {
    store.open();
  }, [store]);

  const ask = (text: string, choiceId?: string) => {
    if (busy) return;
    store.ask(text, choiceId);
    restFocus(input.current);
  };
  const restart = () => {
    store.restart();
    restFocus(input.current);
  };

  return (
    <div class="chat">
      <Header title={title} heading={onClose ? 'h2' : 'h1'} centre={conversation.centre}>
        {conversation.entries.length > 0 && (
          <HeaderButton label={TEXTS.restart} onClick={restart}>
            <RestartIcon />
          </HeaderButton>
        )}
        {onClose && (
          <HeaderButton label={TEXTS.closePanel} onClick={onClose}>
            <CloseIcon />
          </HeaderButton>
        )}
      </Header>
      <Transcript
        conversation={conversation}
        onTap={tap => ask(tap.name, tap.id)}
        onResend={id => {
          store.resend(id);
          restFocus(input.current);
        }}
        onRate={(turnId, helpful) => store.rate(turnId, helpful)}
        onRetryOpening={() => store.open()}
      />
      <Composer api={api} input={input} busy={busy} onSend={ask} onTap={tap => ask(tap.name, tap.id)} />
    </div>
  );
}

type HeaderProps = {
  title: string;
  /** A foreign page has an `h1` of its own. */
  heading: 'h1' | 'h2';
  centre: WireCentre | null;
  children: preact.ComponentChildren;
};

function Header({ title, heading: Heading, centre, children }: HeaderProps) {
  return (
    <header class="header">
      <Emblem />
      <div class="header-names">
        <Heading>{title}</Heading>
        <p>{centre?.name ?? TEXTS.subtitle}</p>
      </div>
      <div class="header-buttons">
        {centre && (
          <a
            class="header-button header-call"
            href={telephone(centre.phone)}
            title={TEXTS.call(centre.phone)}
          >
            <PhoneIcon />
            <span>{TEXTS.call(centre.phone)}</span>
          </a>
        )}
        {children}
      </div>
    </header>
  );
}

type ButtonProps = { label: string; onClick: () => void; children: preact.ComponentChildren };

function HeaderButton({ label, onClick, children }: ButtonProps) {
  return (
    <button type="button" class="header-button" title={label} onClick={onClick}>
      {children}
      <span>{label}</span>
    </button>
  );
}

/** Beside the conversation on a wide page: what can be asked, and how to reach people. */
export function About({ store }: { store: ConversationStore }) {
  const { centre } = useConversation(store);
  return (
    <section class="about">
      <section>
        <h2>{TEXTS.about}</h2>
        <ul>
          {TEXTS.aboutItems.map(item => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      </section>
      {centre && (
        <section>
          <h2>{TEXTS.contact}</h2>
          <p class="about-centre">{centre.name}</p>
          <p>
            <a href={telephone(centre.phone)}>
              <PhoneIcon /> {centre.phone}
            </a>
          </p>
          <p>
            <ClockIcon />
            <span>
              <span class="unseen">{TEXTS.hours}: </span>
              {centre.hours}
            </span>
          </p>
        </section>
      )}
    </section>
  );
}

function useConversation(store: ConversationStore) {
  const [, refresh] = useReducer((count: number) => count + 1, 0);
  useEffect(() => store.subscribe(() => refresh(undefined)), [store]);
  return store.current();
}

/**
 * A tap's button may be gone once it is pressed, so the focus goes to the question box; on a touch screen
 * it leaves the box instead, so that no keyboard covers the answer.
 */
function restFocus(input: HTMLTextAreaElement | null) {
  if (window.matchMedia('(pointer: coarse)').matches) input?.blur();
  else input?.focus({ preventScroll: true });
}

function telephone(phone: string): string {
  return `tel:${phone.replace(/[^\d+]/g, '')}`;
}

/** @jsxImportSource preact */
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { MAX_QUESTION_LENGTH } from '../../channels/web/wire.ts';
import type { Suggestion } from '../../domain/conversation.ts';
import type { Api } from './api.ts';
import { SendIcon } from './icons.tsx';
import { TEXTS } from './texts.ts';
import { useSuggestions } from './use-suggestions.ts';

/** The counter shows from this length on. */
const COUNTER_FROM = MAX_QUESTION_LENGTH - 200;
const LIST_ID = 'motcua-suggestions';

type Props = {
  api: Api;
  input: RefObject<HTMLTextAreaElement | null>;
  busy: boolean;
  onSend(text: string): void;
  onTap(tap: Suggestion): void;
};

/** The question box with suggestions while typing: arrows choose, Enter sends or takes, Escape dismisses. */
export function Composer({ api, input, busy, onSend, onTap }: Props) {
  const [text, setText] = useState('');
  const { suggestions, dismiss } = useSuggestions(api, text);
  const [active, setActive] = useState(-1);
  const tooLong = text.length > MAX_QUESTION_LENGTH;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list has nothing chosen yet
  useEffect(() => setActive(-1), [suggestions]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text sets the height
  useEffect(() => fitHeight(input.current), [text]);

  const clear = () => {
    setText('');
    dismiss();
  };
  const send = () => {
    if (busy || tooLong || text.trim() === '') return input.current?.focus();
    onSend(text.trim());
    clear();
  };
  const take = (suggestion: Suggestion) => {
    if (busy) return;
    onTap(suggestion);
    clear();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    const count = suggestions.length;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      const chosen = suggestions[active];
      return chosen ? take(chosen) : send();
    }
    if (count === 0) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      dismiss();
    } else if (event.key === 'Tab') {
      dismiss();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      // Places −1 (the text itself) to count − 1, in a circle.
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive(((active + 1 + step + count + 1) % (count + 1)) - 1);
    }
  };

  return (
    <form
      class="composer"
      onSubmit={event => {
        event.preventDefault();
        send();
      }}
    >
      {suggestions.length > 0 && <SuggestionList {...{ suggestions, active }} onTake={take} />}
      <p class="unseen" role="status">
        {suggestions.length > 0 && TEXTS.suggestionCount(suggestions.length)}
      </p>
      <div class="composer-box">
        <textarea
          ref={input}
          rows={1}
          value={text}
          placeholder={TEXTS.placeholder}
          aria-label={TEXTS.question}
          aria-describedby="motcua-hint"
          aria-invalid={tooLong}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={suggestions.length > 0 ? LIST_ID : undefined}
          aria-activedescendant={active >= 0 ? optionId(active) : undefined}
          autocomplete="off"
          enterkeyhint="send"
          onInput={event => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onBlur={dismiss}
        />
        <button type="submit" class="send" aria-label={TEXTS.send} aria-disabled={busy || text.trim() === ''}>
          <SendIcon />
        </button>
      </div>
      <p class="note">
        <span id="motcua-hint">
          <span class="unseen">{TEXTS.sendHint} </span>
          {TEXTS.privacy}
        </span>
        {text.length >= COUNTER_FROM && (
          <span class="counter" role="status" data-over={tooLong}>
            {tooLong && `${TEXTS.tooLong} `}
            {TEXTS.length(text.length, MAX_QUESTION_LENGTH)}
          </span>
        )}
      </p>
    </form>
  );
}

type ListProps = { suggestions: Suggestion[]; active: number; onTake(suggestion: Suggestion): void };

function SuggestionList({ suggestions, active, onTake }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div
      class="suggestions"
      id={LIST_ID}
      role="listbox"
      tabIndex={0}
      aria-label={TEXTS.suggestionList}
      ref={list}
      // Without this the text box would lose the focus, and the list be gone before the click.
      onMouseDown={event => event.preventDefault()}
    >
      {suggestions.map((suggestion, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the text box keeps the focus and handles the keys
        <div
          key={suggestion.id}
          id={optionId(i)}
          role="option"
          aria-selected={i === active}
          onClick={() => onTake(suggestion)}
        >
          {suggestion.name}
        </div>
      ))}
    </div>
  );
}

function optionId(index: number): string {
  return `${LIST_ID}-${index}`;
}

/** True while an input method is putting a syllable together: its Enter is not ours. Safari only tells by 229. */
function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

function fitHeight(box: HTMLTextAreaElement | null) {
  if (!box) return;
  box.style.height = 'auto';
  box.style.height = `${Math.min(box.scrollHeight, 132)}px`;
}

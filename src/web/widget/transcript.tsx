/** @jsxImportSource preact */
import { Fragment } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Choice, Link, Suggestion } from '../../domain/conversation.ts';
import { ACTIONS } from '../../domain/conversation.ts';
import { type Answer, type Conversation, isWaiting, type Question } from './conversation.ts';
import { AlertIcon, BadIcon, Emblem, GoodIcon, LinkIcon, PhoneIcon } from './icons.tsx';
import { renderMarkdown } from './markdown.ts';
import { TEXTS } from './texts.ts';

type TranscriptActions = {
  onTap(tap: Suggestion): void;
  onResend(questionId: string): void;
  onRate(turnId: string, helpful: boolean): void;
  onRetryOpening(): void;
};

type Props = TranscriptActions & { conversation: Conversation };

/** The conversation so far, a live region: what is added is read out. */
export function Transcript({ conversation, ...actions }: Props) {
  const { greeting, starters, entries, opening } = conversation;
  const newest = entries.at(-1);
  const log = useKeptInView(entries.length, isWaiting(conversation));

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div class="log" role="log" aria-live="polite" aria-label={TEXTS.log} tabIndex={0} ref={log}>
      {greeting !== null && (
        <Bubble speaker={TEXTS.assistant}>
          <Markdown text={greeting} />
          {entries.length === 0 && <Taps label={TEXTS.starters} taps={starters} onTap={actions.onTap} />}
        </Bubble>
      )}
      {opening === 'failed' && entries.length === 0 && <OpeningFailed {...actions} />}
      {entries.map(entry =>
        entry.kind === 'question' ? (
          <QuestionEntry key={entry.id} question={entry} conversation={conversation} {...actions} />
        ) : (
          <AnswerEntry key={entry.id} answer={entry} isNewest={entry === newest} {...actions} />
        ),
      )}
      {(isWaiting(conversation) || (opening === 'under-way' && greeting === null)) && <Typing />}
    </div>
  );
}

function QuestionEntry({ question, conversation, onResend }: Props & { question: Question }) {
  const phone = conversation.centre?.phone;
  return (
    <div class="question" data-status={question.status}>
      <span class="unseen">{TEXTS.you}: </span>
      <p class="question-text">{question.text}</p>
      {question.status === 'failed' && (
        <div class="failure">
          <p>
            <AlertIcon /> {question.failure} {TEXTS.kept} {phone && TEXTS.callInstead(phone)}
          </p>
          <button type="button" class="button" onClick={() => onResend(question.id)}>
            {TEXTS.resend}
          </button>
        </div>
      )}
    </div>
  );
}

function AnswerEntry({
  answer,
  isNewest,
  onTap,
  onRate,
}: TranscriptActions & { answer: Answer; isNewest: boolean }) {
  const { reply } = answer;
  return (
    <Bubble speaker={TEXTS.assistant} tone={toneOf(answer)}>
      <Markdown text={reply.reply} />
      <Links links={reply.links} />
      <Choices choices={reply.choices} onTap={onTap} />
      {asksForFeedback(answer) && <Feedback answer={answer} onRate={onRate} />}
      {isNewest && <Taps label={TEXTS.suggestions} taps={reply.suggestions} onTap={onTap} />}
    </Bubble>
  );
}

function Bubble(props: { speaker: string; tone?: string; children: preact.ComponentChildren }) {
  return (
    <div class="answer" data-tone={props.tone}>
      <Emblem size={32} />
      <div class="answer-body">
        <span class="unseen">{props.speaker}: </span>
        {props.children}
      </div>
    </div>
  );
}

function Markdown({ text }: { text: string }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.replaceChildren(renderMarkdown(text)), [text]);
  return <div class="markdown" ref={box} />;
}

function Links({ links }: { links: Link[] }) {
  const safe = links.filter(link => /^(https?:|tel:|mailto:)/i.test(link.url));
  if (safe.length === 0) return null;
  return (
    <ul class="links" aria-label={TEXTS.links}>
      {safe.map(link => (
        <li key={link.url}>{/^http/i.test(link.url) ? <WebLink {...link} /> : <ContactLink {...link} />}</li>
      ))}
    </ul>
  );
}

function WebLink({ title, url }: Link) {
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      <LinkIcon />
      <span>
        {title} <span class="unseen">{TEXTS.newTab}</span>
      </span>
    </a>
  );
}

function ContactLink({ title, url }: Link) {
  return (
    <a href={url}>
      <PhoneIcon />
      <span>{title}</span>
    </a>
  );
}

function Choices({ choices, onTap }: { choices: Choice[]; onTap: (tap: Suggestion) => void }) {
  if (choices.length === 0) return null;
  return (
    <ol class="choices" aria-label={TEXTS.choices}>
      {choices.map((choice, i) => (
        <li key={choice.id}>
          <button type="button" onClick={() => onTap({ id: choice.id, name: choice.label })}>
            <span class="number">{i + 1}</span>
            <span class="choice-name">
              <strong>{choice.label}</strong>
              {choice.name !== choice.label && <span class="choice-title">{choice.name}</span>}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function Taps({
  label,
  taps,
  onTap,
}: {
  label: string;
  taps: Suggestion[];
  onTap: (tap: Suggestion) => void;
}) {
  if (taps.length === 0) return null;
  return (
    <ul class="taps" aria-label={label}>
      {taps.map(tap => (
        <li key={tap.id}>
          <button type="button" class="tap" onClick={() => onTap(tap)}>
            {tap.id === ACTIONS.person && <PhoneIcon />}
            {tap.name}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Feedback({
  answer,
  onRate,
}: {
  answer: Answer;
  onRate: (turnId: string, helpful: boolean) => void;
}) {
  const { id, helpful, feedbackFailed } = answer;
  const thanks = helpful === null ? '' : helpful ? TEXTS.thanksHelpful : TEXTS.thanksUnhelpful;
  return (
    <fieldset class="feedback">
      <legend class="unseen">{TEXTS.helpfulQuestion}</legend>
      <button type="button" aria-pressed={helpful === true} onClick={() => onRate(id, true)}>
        <GoodIcon /> {TEXTS.helpful}
      </button>
      <button type="button" aria-pressed={helpful === false} onClick={() => onRate(id, false)}>
        <BadIcon /> {TEXTS.unhelpful}
      </button>
      <span class="thanks">{feedbackFailed ? TEXTS.feedbackFailed : thanks}</span>
    </fieldset>
  );
}

function OpeningFailed({ onRetryOpening }: TranscriptActions) {
  return (
    <div class="failure">
      <p>
        <AlertIcon /> {TEXTS.openingFailed}
      </p>
      <button type="button" class="button" onClick={onRetryOpening}>
        {TEXTS.retry}
      </button>
    </div>
  );
}

function Typing() {
  return (
    <div class="answer typing">
      <Emblem size={32} />
      <div class="answer-body">
        <span class="unseen">{TEXTS.typing}</span>
        <Fragment>
          <i />
          <i />
          <i />
        </Fragment>
      </div>
    </div>
  );
}

function toneOf({ reply }: Answer): string {
  return reply.topic?.group === 'emergency' ? 'emergency' : reply.outcome;
}

/** Small talk and a question asked back have nothing to rate. */
function asksForFeedback({ reply }: Answer): boolean {
  return reply.outcome === 'answered' && reply.topic?.group !== 'smalltalk';
}

/** Scrolls to the end, but never so far that the question leaves the view: long answers are read from their top. */
function useKeptInView(entryCount: number, waiting: boolean) {
  const log = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new entry is what scrolls
  useEffect(() => {
    const box = log.current;
    if (!box || entryCount === 0) return;
    const asked = [...box.querySelectorAll<HTMLElement>('.question')].at(-1);
    const end = box.scrollHeight - box.clientHeight;
    box.scrollTo({ top: Math.min(end, asked ? asked.offsetTop - 12 : end) });
  }, [entryCount, waiting]);
  return log;
}

import type { Page } from 'playwright-core';
import type { WireReply } from '../../src/channels/web/wire.ts';

/** The chat as a citizen sees it, on its own page or in the widget. */
export function chatOn(page: Page) {
  const log = page.getByRole('log');
  return {
    log,
    input: page.getByLabel('Câu hỏi của anh/chị'),
    answers: log.locator('.answer:not(.typing)'),
    lastAnswer: log.locator('.answer:not(.typing)').last(),
    questions: log.locator('.question'),
    button: (name: string | RegExp) => page.getByRole('button', { name }),

    /** Types and sends as a citizen does, and waits for the answer. */
    async ask(question: string) {
      await this.answers.first().waitFor();
      const before = await this.answers.count();
      await this.input.fill(question);
      await this.input.press('Enter');
      await this.answers.nth(before).waitFor();
    },
    /** Presses a button of the conversation and waits for the answer. */
    async tap(name: string | RegExp) {
      const before = await this.answers.count();
      await log.getByRole('button', { name }).last().click();
      await this.answers.nth(before).waitFor();
    },
  };
}

export type Chat = ReturnType<typeof chatOn>;

/** Opens the chat page and waits for its greeting. */
export async function openChat(page: Page, url: string): Promise<Chat> {
  await page.goto(url);
  const chat = chatOn(page);
  await chat.answers.first().waitFor();
  return chat;
}

/** Lets the server answer every message with this reply. */
export async function answerWith(page: Page, reply: Partial<WireReply>): Promise<void> {
  const whole: WireReply = {
    ...{ turnId: 'luot-1', outcome: 'answered', confidence: 0.9, topic: null, facet: null, reply: '' },
    ...{ facets: [], topics: [], choices: [], links: [], suggestions: [], micros: 1 },
    ...reply,
  };
  await page.route('**/messages', route => route.fulfill({ json: whole }));
}

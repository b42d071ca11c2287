import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { DESKTOP, launchBrowser, PHONE, type TestBrowser } from './browser.ts';
import { chatOn, openChat } from './chat-page.ts';
import { type ForeignSite, startForeignSite } from './server.ts';

const { url } = inject('server');
const looks = [
  { name: 'light, on a phone', options: { ...PHONE, colorScheme: 'light' } },
  { name: 'dark, on a desktop', options: { ...DESKTOP, colorScheme: 'dark' } },
] as const;

let browser: TestBrowser;
let site: ForeignSite;

beforeAll(async () => {
  const html = `<!doctype html><html lang="vi"><head><meta name="viewport" content="width=device-width"><title>Xã Bình Minh</title></head><body><main><h1>Trang xã</h1></main>
    <script src="${url}/widget.js" data-colour="#f2c14e" defer></script></body></html>`;
  [browser, site] = await Promise.all([launchBrowser(), startForeignSite(html)]);
});
afterAll(() => Promise.all([browser.close(), site.stop()]));

/** What axe finds serious or worse, as `rule: elements`. Things must be at rest: half-faded text has no contrast. */
async function faultsOn(page: Page): Promise<string[]> {
  await page.evaluate('Promise.all(document.getAnimations().map(animation => animation.finished))');
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`);
}

describe.each(looks)('axe finds no serious fault ($name)', ({ options }) => {
  it('on the chat page: greeting, answer, feedback, choices, suggestions, failure', async () => {
    const page = await browser.newPage({ ...options, reducedMotion: 'reduce' });
    const chat = await openChat(page, url);
    expect(await faultsOn(page)).toEqual([]);
    await chat.ask('làm khai sinh cần giấy tờ gì');
    await chat.button('Hữu ích').click();
    await chat.ask('mất cccd có làm đk thường trú dc ko');
    await chat.input.fill('kết hôn');
    await page.getByRole('option').first().waitFor();
    await chat.input.press('ArrowDown');
    expect(await faultsOn(page)).toEqual([]);
    await page.route('**/messages', route => route.abort());
    await chat.input.fill('a'.repeat(1950));
    await chat.input.press('Enter');
    await chat.button('Gửi lại').waitFor();
    expect(await faultsOn(page)).toEqual([]);
    await page.context().close();
  });

  it('on the widget, launcher and panel, in a colour that is hard to read', async () => {
    const page = await browser.newPage({ ...options, reducedMotion: 'reduce' });
    await page.goto(site.url);
    expect(await faultsOn(page)).toEqual([]);
    await page.getByRole('button', { name: /Mở cửa sổ/ }).click();
    const chat = chatOn(page);
    await chat.ask('làm khai sinh cần giấy tờ gì');
    expect(await faultsOn(page)).toEqual([]);
    await page.context().close();
  });

  it('on the sign-in page and the set-up page with its faults shown', async () => {
    const page = await browser.newPage(options);
    await page.goto(`${url}/console`);
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
    expect(await faultsOn(page)).toEqual([]);
    await page.goto(`${url}/console/setup#token=thu`);
    await page.getByRole('button', { name: 'Tạo tài khoản' }).click();
    await page.getByText('Vui lòng nhập họ và tên.').waitFor();
    expect(await faultsOn(page)).toEqual([]);
    await page.context().close();
  });
});

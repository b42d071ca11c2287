import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { DESKTOP, launchBrowser, PHONE, type TestBrowser } from './browser.ts';
import { chatOn } from './chat-page.ts';
import { type ForeignSite, startForeignSite } from './server.ts';

const { url } = inject('server');

/** A page whose styles would wreck anything within their reach, and that has shortcuts on single keys. */
const HOSTILE = `<!doctype html><html lang="vi"><head><meta name="viewport" content="width=device-width"><title>Xã Bình Minh</title><style>
  * { font: italic 7px fantasy !important; color: lime !important; letter-spacing: 9px !important; }
  div, button, p, ul, textarea { display: block !important; position: static !important; background: yellow !important; }
  body > * { opacity: 0.3; transform: rotate(7deg); visibility: hidden !important; }
  button { width: 300px !important; }
</style></head><body><h1 class="panel">Trang thông tin xã</h1><button id="own" class="launcher">Nút của trang</button>
<script>document.addEventListener('keydown', event => { document.title += event.key; });</script>
<script src="${url}/widget.js" data-title="Hỏi xã Bình Minh" data-colour="#0b5cad" defer></script></body></html>`;

let browser: TestBrowser;
let site: ForeignSite;
let page: Page;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startForeignSite(HOSTILE)]);
});
afterAll(() => Promise.all([browser.close(), site.stop()]));

beforeEach(() => open(DESKTOP));
afterEach(() => page.context().close());

async function open(options: typeof DESKTOP | typeof PHONE) {
  page = await browser.newPage(options);
  await page.goto(site.url);
}

const launcher = () => page.getByRole('button', { name: 'Mở cửa sổ hỏi đáp thủ tục hành chính' });
const panel = () => page.getByRole('dialog', { name: 'Hỏi xã Bình Minh' });
const styleOf = (target: ReturnType<typeof launcher>) =>
  target.evaluate(node => ({ ...node.ownerDocument.defaultView?.getComputedStyle(node) }));
const isFocused = (target: ReturnType<typeof launcher>) => target.evaluate(node => node.matches(':focus'));

describe('the widget on a foreign page', () => {
  it('answers across origins', async () => {
    await launcher().click();
    const chat = chatOn(page);
    await chat.answers.first().waitFor();
    await chat.ask('làm khai sinh cần giấy tờ gì');
    await expect.poll(() => chat.lastAnswer.innerText()).toContain('Giấy chứng sinh');
  });

  it('keeps its looks under hostile styles, and leaves the page its own', async () => {
    const before = await styleOf(page.locator('#own'));
    expect(await styleOf(launcher())).toMatchObject({
      ...{
        opacity: '1',
        visibility: 'visible',
        transform: 'none',
        fontSize: '16px',
        letterSpacing: 'normal',
      },
      ...{ color: 'rgb(255, 255, 255)', backgroundColor: 'rgb(11, 92, 173)' },
    });
    await launcher().click();
    await panel().waitFor();
    const rightEdge = async () => {
      const box = (await panel().boundingBox())!;
      return box.x + box.width;
    };
    await expect.poll(rightEdge).toBe(DESKTOP.viewport.width - 20);
    await expect.poll(() => styleOf(page.locator('#own'))).toEqual(before);
  });

  it('puts the focus into the question box, and back on the launcher when Escape closes', async () => {
    await launcher().focus();
    await page.keyboard.press('Enter');
    await panel().waitFor();
    await expect.poll(() => isFocused(chatOn(page).input)).toBe(true);
    await page.keyboard.press('Escape');
    await launcher().waitFor();
    await expect.poll(() => panel().count()).toBe(0);
    await expect.poll(() => isFocused(launcher())).toBe(true);
  });

  it('keeps the keys typed into it from the shortcuts of the page', async () => {
    await launcher().click();
    await chatOn(page).input.pressSequentially('khai');
    expect(await page.title()).toBe('Xã Bình Minh');
  });

  it('goes on with the conversation after the page is left and the panel opened again', async () => {
    await launcher().click();
    await chatOn(page).ask('làm khai sinh cần giấy tờ gì');
    await page.reload();
    await launcher().click();
    await chatOn(page).lastAnswer.getByText('Giấy chứng sinh').first().waitFor();
  });

  it('fills a phone, where Tab goes round inside it', async () => {
    await page.context().close();
    await open(PHONE);
    await launcher().click();
    await chatOn(page).answers.first().waitFor();
    // Once the panel has slid in.
    await expect.poll(() => panel().boundingBox()).toMatchObject({ x: 0, y: 0, ...PHONE.viewport });
    await page.getByRole('button', { name: 'Gửi câu hỏi' }).focus();
    await page.keyboard.press('Tab');
    await expect.poll(() => isFocused(page.getByRole('link', { name: /^Gọi/ }))).toBe(true);
  });
});

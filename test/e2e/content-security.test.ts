import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser, type TestBrowser } from './browser.ts';

const { url } = inject('server');
let browser: TestBrowser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** What the page did wrong, and which hosts it called, until `text` showed. */
async function visit(path: string, text: string) {
  const page = await browser.newPage();
  const faults: string[] = [];
  const hosts = new Set<string>();
  page.on('pageerror', error => faults.push(error.message));
  page.on('console', message => message.type() === 'error' && faults.push(message.text()));
  page.on('request', request => hosts.add(new URL(request.url()).origin));
  await page.goto(url + path);
  await page.getByText(text).first().waitFor();
  await page.context().close();
  return { faults, hosts: [...hosts] };
}

describe('under the content security policy', () => {
  it('the chat page loads everything from its own server, and nothing is refused', async () => {
    expect(await visit('/', 'trợ lý tự động')).toEqual({ faults: [], hosts: [url] });
  });

  it('the console does too; that a stranger is not signed in is all that the browser notes', async () => {
    const { faults, hosts } = await visit('/console', 'Mật khẩu');
    expect(faults).toEqual([expect.stringContaining('401')]);
    expect(hosts).toEqual([url]);
  });
});

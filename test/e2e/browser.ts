import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
export const DESKTOP = { viewport: { width: 1366, height: 768 } } as const;

export type TestBrowser = {
  /** A fresh page with nothing stored; `options` as of a Playwright context. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
};

/** A real browser: `CHROME_PATH`, the one inside the npm package on Linux x64, else an installed Chrome. */
export async function launchBrowser(): Promise<TestBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'motcua-browser-'));
  const browser = await chromium.launch(await launchOptions(folder));
  return {
    async newPage(options = DESKTOP) {
      const context = await browser.newContext({ locale: 'vi-VN', ...options });
      context.setDefaultTimeout(10_000);
      return context.newPage();
    },
    async close() {
      await closeBrowser(browser);
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function closeBrowser(browser: Browser) {
  await Promise.all(browser.contexts().map(context => context.close()));
  await browser.close();
}

async function launchOptions(folder: string) {
  const installed = process.env.CHROME_PATH;
  if (installed) return { executablePath: installed };
  if (process.platform !== 'linux' || process.arch !== 'x64') return { executablePath: findInstalled() };
  return packagedBrowser(folder);
}

/**
 * The package unpacks itself into TMPDIR, and would take any browser that it finds there: it gets a folder of
 * its own. With the run time named it unpacks its own shared libraries too, which a bare machine lacks.
 * Its own arguments are left out: they are for AWS Lambda, one process for all and no web security.
 */
async function packagedBrowser(folder: string) {
  const before = { ...process.env };
  Object.assign(process.env, { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' });
  const { default: packaged } = await import('@sparticuz/chromium');
  const executablePath = await packaged.executablePath();
  await writeFile(join(folder, 'fonts', 'fonts.conf'), fontSettings(folder));
  const env = { ...process.env, FONTCONFIG_PATH: join(folder, 'fonts') };
  // The server that the tests start has no use for the browser's libraries.
  process.env = before;
  return { executablePath, env, args: ['--no-sandbox', '--disable-gpu'] };
}

/** The package's own settings look in fixed folders only; a bare machine has no other font. */
function fontSettings(folder: string): string {
  const prefer = (family: string) =>
    `<alias><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`;
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
  ${prefer('system-ui')}
  ${prefer('sans-serif')}
</fontconfig>
`;
}

function findInstalled(): string {
  const places = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    '/usr/bin/google-chrome',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
  ];
  const found = places.find(place => existsSync(place));
  if (!found) throw new Error('No Chrome found: install Chrome or Chromium, or name it in CHROME_PATH.');
  return found;
}

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { launchBrowser, PHONE, type TestBrowser } from './browser.ts';
import { answerWith, type Chat, openChat } from './chat-page.ts';

const { url } = inject('server');
let browser: TestBrowser;
let page: Page;
let chat: Chat;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  page = await browser.newPage();
  chat = await openChat(page, url);
});
afterEach(() => page.context().close());

describe('a citizen asks', () => {
  it('is greeted by an assistant that says it is automatic', async () => {
    await expect.poll(() => chat.answers.first().innerText()).toContain('trợ lý tự động');
  });

  it('gets the documents of a birth registration, with source and link, for an unaccented question', async () => {
    await chat.ask('lam khai sinh can giay to gi');
    const answer = await chat.lastAnswer.innerText();
    expect(answer).toContain('Giấy chứng sinh');
    expect(answer).toContain('Nguồn:');
    const link = chat.lastAnswer.getByRole('link', { name: /Cổng Dịch vụ công/ });
    await expect.poll(() => link.getAttribute('target')).toBe('_blank');
    await expect.poll(() => link.getAttribute('rel')).toBe('noopener noreferrer');
  });

  it('gets another facet of the same procedure by a tap', async () => {
    await chat.ask('làm khai sinh cần giấy tờ gì');
    await chat.tap('Thời hạn giải quyết');
    await expect.poll(() => chat.questions.last().innerText()).toContain('Thời hạn giải quyết');
    await expect.poll(() => chat.lastAnswer.innerText()).toContain('ngay trong ngày');
  });

  it('is asked back with numbered choices and taps one', async () => {
    await chat.ask('mất cccd có làm đk thường trú dc ko');
    const choices = chat.lastAnswer.getByRole('list', { name: /Chọn một mục/ }).getByRole('button');
    const label = await choices.first().locator('strong').innerText();
    await expect.poll(() => choices.first().innerText()).toMatch(/^1/);
    await chat.tap(new RegExp(label));
    await expect.poll(() => chat.questions.last().innerText()).toContain(label);
    await expect.poll(() => chat.lastAnswer.getByRole('button', { name: 'Hữu ích' }).isVisible()).toBe(true);
  });

  it('is asked back and types the number of a choice', async () => {
    await chat.ask('mất cccd có làm đk thường trú dc ko');
    const choices = chat.lastAnswer.getByRole('list', { name: /Chọn một mục/ }).getByRole('button');
    const [title] = (await choices.nth(1).innerText()).split('\n').slice(-1);
    await chat.ask('2');
    expect((await chat.lastAnswer.innerText()).toLowerCase()).toContain(title!.toLowerCase());
  });

  it('is told honestly when nothing fits, and led to a person', async () => {
    await chat.ask('thời tiết hôm nay thế nào');
    await expect.poll(() => chat.lastAnswer.innerText()).toContain('nằm ngoài việc của tôi');
    await chat.tap('Gặp cán bộ');
    expect(await chat.lastAnswer.getByRole('link', { name: /Gọi/ }).getAttribute('href')).toMatch(
      /^tel:\d+$/,
    );
  });

  it('says whether an answer helped, and changes their mind', async () => {
    await chat.ask('làm khai sinh cần giấy tờ gì');
    const sent: unknown[] = [];
    page.on('request', request => request.url().endsWith('/feedback') && sent.push(request.postDataJSON()));
    await chat.button('Hữu ích').click();
    await chat.lastAnswer.getByText('Cảm ơn anh/chị đã phản hồi.').waitFor();
    await chat.button('Chưa đúng').click();
    await chat.lastAnswer.getByText('Cán bộ sẽ xem lại').waitFor();
    expect(sent).toEqual([{ helpful: true }, { helpful: false }]);
    await expect.poll(() => chat.button('Hữu ích').getAttribute('aria-pressed')).toBe('false');
  });

  it('finds the conversation again after a reload, and can begin a new one', async () => {
    await chat.ask('làm khai sinh cần giấy tờ gì');
    await page.reload();
    await chat.lastAnswer.getByText('Giấy chứng sinh').first().waitFor();
    await chat.ask('vậy mấy ngày có?');
    await expect.poll(() => chat.lastAnswer.innerText()).toContain('ngay trong ngày');
    await chat.button('Cuộc trò chuyện mới').click();
    await chat.answers.first().waitFor();
    await expect.poll(() => chat.questions.count()).toBe(0);
  });

  it('never runs or shows as markup what an answer smuggles in', async () => {
    const attack =
      '<img src=x onerror="document.title=1"><script>document.title=2</script> [bấm](javascript:alert(1))';
    await answerWith(page, {
      reply: `${attack} ![ảnh](http://127.0.0.1/theo-doi.png)`,
      links: [{ title: 'bẫy', url: 'javascript:document.title=3' }],
    });
    await chat.ask('xin chào');
    await expect.poll(() => chat.lastAnswer.innerText()).toContain('<img src=x');
    await expect.poll(() => chat.lastAnswer.locator('img, script, [onerror], a[href]').count()).toBe(0);
    expect(await page.title()).toContain('Trợ lý Một cửa');
  });

  it('shows what the citizen typed as text', async () => {
    await chat.ask('<b>khai sinh</b> <script>document.title=1</script>');
    await expect.poll(() => chat.questions.last().innerText()).toContain('<b>khai sinh</b>');
    expect(await page.title()).toContain('Trợ lý Một cửa');
  });
});

describe('the keyboard', () => {
  it('chooses a suggestion with the arrows and takes it with Enter', async () => {
    await chat.input.pressSequentially('khai sinh');
    const options = page.getByRole('option');
    await options.first().waitFor();
    await chat.input.press('ArrowDown');
    await chat.input.press('ArrowDown');
    const name = await options.nth(1).innerText();
    await expect.poll(() => options.nth(1).getAttribute('aria-selected')).toBe('true');
    expect(await chat.input.getAttribute('aria-activedescendant')).toBe(
      await options.nth(1).getAttribute('id'),
    );
    await chat.input.press('Enter');
    await chat.answers.nth(1).waitFor();
    await expect.poll(() => chat.questions.last().innerText()).toContain(name);
    await expect.poll(() => chat.input.inputValue()).toBe('');
  });

  it('dismisses suggestions with Escape and keeps the text', async () => {
    await chat.input.pressSequentially('khai sinh');
    await page.getByRole('option').first().waitFor();
    await chat.input.press('Escape');
    await expect.poll(() => page.getByRole('option').count()).toBe(0);
    await expect.poll(() => chat.input.inputValue()).toBe('khai sinh');
  });

  it('makes a new line with Shift+Enter and sends nothing while a syllable is being composed', async () => {
    await chat.input.fill('khai');
    await chat.input.press('Shift+Enter');
    await expect.poll(() => chat.input.inputValue()).toBe('khai\n');
    await chat.input.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
    await chat.input.pressSequentially('sinh');
    await chat.input.press('Enter');
    await chat.answers.nth(1).waitFor();
    await expect.poll(() => chat.questions.allInnerTexts()).toEqual([expect.stringMatching(/khai\nsinh/)]);
  });

  it('is enough for the whole conversation', async () => {
    await chat.input.press('a');
    await chat.input.fill('làm khai sinh cần giấy tờ gì');
    await page.keyboard.press('Enter');
    await chat.answers.nth(1).waitFor();
    // Backwards from the question box: the last tap comes first.
    await page.keyboard.press('Shift+Tab');
    const tap = page.locator('.tap').last();
    await expect.poll(() => tap.evaluate(node => node.matches(':focus'))).toBe(true);
    const name = await tap.innerText();
    await page.keyboard.press('Enter');
    await chat.answers.nth(2).waitFor();
    await expect.poll(() => chat.questions.last().innerText()).toContain(name);
    await expect.poll(() => chat.input.evaluate(node => node.matches(':focus'))).toBe(true);
  });
});

describe('a failure', () => {
  it('of the network keeps the question, and sending again asks it once', async () => {
    const ids: string[] = [];
    page.on('request', sent => sent.url().endsWith('/messages') && ids.push(sent.postDataJSON().messageId));
    await page.route('**/messages', route => route.abort());
    await chat.input.fill('mất cccd thì làm lại ở đâu');
    await chat.input.press('Enter');
    await chat.log.getByText('mất kết nối mạng').waitFor();
    await expect.poll(() => chat.questions.last().innerText()).toContain('mất cccd thì làm lại ở đâu');

    await page.unroute('**/messages');
    await chat.tap('Gửi lại');
    await expect.poll(() => chat.questions.count()).toBe(1);
    await expect.poll(() => chat.button('Gửi lại').count()).toBe(0);
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
  });

  it('of the server shows its words, its error id and the phone', async () => {
    const error = { code: 'internal', message: 'Hệ thống gặp sự cố. Vui lòng thử lại.', errorId: 'loi-7' };
    await page.route('**/messages', route => route.fulfill({ status: 500, json: { error } }));
    await chat.input.fill('làm hộ chiếu');
    await chat.input.press('Enter');
    const failure = chat.questions.last();
    await failure.getByText('Hệ thống gặp sự cố').waitFor();
    await expect.poll(() => failure.innerText()).toContain('loi-7');
    await expect.poll(() => failure.innerText()).toMatch(/gọi [\d ]{8,}/);
  });

  it('of a proxy that answers with a page of its own is a failure too', async () => {
    await page.route('**/messages', route => route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' }));
    await chat.input.fill('làm hộ chiếu');
    await chat.input.press('Enter');
    await chat.questions.last().getByText('Hệ thống gặp sự cố').waitFor();
  });

  it('of a session that is gone is mended without a word', async () => {
    await page.evaluate(`for (const key of Object.keys(sessionStorage)) {
      const saved = JSON.parse(sessionStorage[key]);
      saved.state.sessionId = 'khong-con';
      sessionStorage[key] = JSON.stringify(saved);
    }`);
    await page.reload();
    await chat.ask('làm khai sinh cần giấy tờ gì');
    await expect.poll(() => chat.lastAnswer.innerText()).toContain('Giấy chứng sinh');
    await expect.poll(() => chat.answers.count()).toBe(2);
  });

  it('to connect at the start offers another try', async () => {
    const late = await browser.newPage();
    await late.route('**/sessions', route => route.abort());
    await late.goto(url);
    await late.getByText('Chưa kết nối được').waitFor();
    await late.unroute('**/sessions');
    await late.getByRole('button', { name: 'Thử lại' }).click();
    await late.getByText('trợ lý tự động').first().waitFor();
    await late.context().close();
  });
});

describe('limits', () => {
  it('counts near 2,000 characters and refuses beyond', async () => {
    await chat.input.fill('a'.repeat(1900));
    await page.getByText('1.900/2.000 ký tự').waitFor();
    await chat.input.fill('a'.repeat(2001));
    await page.getByText('Câu hỏi dài quá 2.000 ký tự').waitFor();
    await chat.input.press('Enter');
    await chat.ask('làm hộ chiếu');
    await expect
      .poll(() => chat.questions.allInnerTexts())
      .toEqual([expect.stringContaining('làm hộ chiếu')]);
  });

  it('says when somebody asks too fast', async () => {
    const error = {
      code: 'rate-limited',
      message: 'Anh/chị gửi hơi nhanh. Vui lòng chờ một lát rồi thử lại.',
    };
    await page.route('**/messages', route => route.fulfill({ status: 429, json: { error } }));
    await chat.input.fill('làm hộ chiếu');
    await chat.input.press('Enter');
    await chat.questions.last().getByText('Anh/chị gửi hơi nhanh').waitFor();
  });
});

describe('a phone', () => {
  it('scrolls in one direction only, and every tap is big enough for a thumb', async () => {
    const phone = await browser.newPage(PHONE);
    const small = await openChat(phone, url);
    await small.ask('mất cccd có làm đk thường trú dc ko');
    await small.ask('làm khai sinh cần giấy tờ gì');
    await expect.poll(() => phone.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await expect.poll(() => small.log.evaluate(node => node.scrollWidth - node.clientWidth)).toBe(0);
    const taps = phone.getByRole('button');
    await expect.poll(() => taps.count()).toBeGreaterThan(8);
    // In whole hundredths of a pixel: what slides in is measured between two of them.
    const smallest = async () => {
      const boxes = await Promise.all((await taps.all()).map(tap => tap.boundingBox()));
      return Math.round(Math.min(...boxes.flatMap(box => [box!.width, box!.height])) * 100) / 100;
    };
    await expect.poll(smallest).toBeGreaterThanOrEqual(44);
    await phone.context().close();
  });
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser, type TestBrowser } from './browser.ts';

const { url, setupUrl } = inject('server');
const PASSWORD = 'một câu thật dài dễ nhớ';

let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
});
afterAll(() => browser.close());

const field = (name: RegExp) => page.getByRole('textbox', { name });
const button = (name: string) => page.getByRole('button', { name });

async function fillSetUp(password: string, again: string) {
  await field(/^Họ và tên/).fill('Nguyễn Thị Hạnh');
  await field(/^Email/).fill('hanh@tinh.gov.vn');
  await field(/^Mật khẩu/).fill(password);
  await field(/^Nhập lại mật khẩu/).fill(again);
  await button('Tạo tài khoản').click();
}

// One admin's first day, in its order.
describe('the console', () => {
  it('shows a sign-in page to a stranger', async () => {
    await page.goto(`${url}/console`);
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
  });

  it('says that a set-up address without its token is not complete', async () => {
    await page.goto(`${url}/console/setup`);
    await page.getByRole('heading', { name: 'Liên kết chưa đầy đủ' }).waitFor();
  });

  it('asks for a long password, twice the same', async () => {
    await page.goto(setupUrl);
    await fillSetUp('ngắn', 'khác');
    await page.getByText('Mật khẩu cần ít nhất 12 ký tự.').waitFor();
    await page.getByText('Hai mật khẩu chưa giống nhau.').waitFor();
  });

  it('makes the first admin from the one-time link, and takes the token out of the address', async () => {
    expect(page.url()).not.toContain('token');
    await fillSetUp(PASSWORD, PASSWORD);
    await page.getByRole('heading', { name: 'Xin chào, Nguyễn Thị Hạnh' }).waitFor();
    await expect.poll(() => page.getByRole('main').innerText()).toContain('vai trò: Quản trị');
  });

  it('signs out and in again, and stays signed in over a reload', async () => {
    await button('Đăng xuất').click();
    await field(/^Email/).fill('hanh@tinh.gov.vn');
    await field(/^Mật khẩu/).fill(PASSWORD);
    await button('Đăng nhập').click();
    await page.getByRole('heading', { name: /^Xin chào/ }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: /^Xin chào/ }).waitFor();
  });

  it('refuses a wrong password without telling which half was wrong', async () => {
    await button('Đăng xuất').click();
    await field(/^Email/).fill('hanh@tinh.gov.vn');
    await field(/^Mật khẩu/).fill('không phải mật khẩu này');
    await button('Đăng nhập').click();
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('Email hoặc mật khẩu chưa đúng.');
  });

  it('refuses the link a second time', async () => {
    await page.goto('about:blank');
    await page.goto(setupUrl);
    await fillSetUp(PASSWORD, PASSWORD);
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('đã được dùng');
  });
});

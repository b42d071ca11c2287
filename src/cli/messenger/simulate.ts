import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { CAC } from 'cac';
import type { MessengerMessage } from '../../channels/messenger/render-reply.ts';
import { loadConfig } from '../../config.ts';
import { escapedJson, signedDelivery } from './delivery.ts';
import type { GraphStandInCall } from './graph-stand-in.ts';
import { type SimulatedPage, startSimulatedPage } from './simulated-page.ts';
import { simulationKnowledge } from './simulation-knowledge.ts';

/** `npm run messenger -- simulate`: a chat in the terminal, through the real webhook, without Facebook. */
export function addSimulate(cli: CAC): void {
  cli
    .command('simulate', 'Chat in the terminal through the real webhook path (lines from standard input)')
    .action(run);
}

const HELP = `Gõ câu hỏi rồi nhấn Enter. Các lệnh khác:
  /1, /2, …        chạm vào nút trả lời nhanh
  /start           nút Bắt đầu             /ref MÃ         mở từ mã QR hoặc liên kết m.me
  /sticker  /image  /voice  /file  /location               gửi nội dung không phải chữ
  /unsend          thu hồi tin nhắn vừa gửi
  /staff           cán bộ nhắn từ Hộp thư Trang            /back           cán bộ trả lại cuộc trò chuyện
  /help            xem lại phần này        /quit           thoát`;

const PERSON = '7700000000000001';

async function run(): Promise<void> {
  const config = loadConfig(process.env);
  const isWatched = process.stdin.isTTY === true;
  if (isWatched) print('Đang chuẩn bị…');
  const page = await startSimulatedPage({ config, overrides: await simulationKnowledge(config) });
  try {
    if (isWatched) print(HELP);
    await chat(page, linesOfInput(isWatched), print, !isWatched);
  } finally {
    await page.close();
  }
}

/** Opened only when it is read: lines that come before would be lost. */
async function* linesOfInput(isWatched: boolean): AsyncGenerator<string> {
  const input = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  const prompt = () => isWatched && process.stdout.write(`\n${CITIZEN}`);
  prompt();
  for await (const line of input) {
    yield line;
    prompt();
  }
}

const CITIZEN = 'Người dân> ';

/** One line after the other, each answered before the next is sent. `echo`: a script's transcript shows both sides. */
export async function chat(
  page: SimulatedPage,
  lines: AsyncIterable<string> | Iterable<string>,
  out: (line: string) => void,
  echo: boolean,
): Promise<void> {
  const state: ChatState = { lastMid: '', quickReplies: [] };
  for await (const line of lines) {
    const typed = line.trim();
    if (typed === '/quit') return;
    if (typed === '') continue;
    if (echo) out(`\n${CITIZEN}${typed}`);
    await answerLine(page, typed, out, state);
  }
}

/** The quick replies that are on the screen, and the message that was sent last. */
type ChatState = { lastMid: string; quickReplies: QuickReplies };

async function answerLine(
  page: SimulatedPage,
  typed: string,
  out: (line: string) => void,
  state: ChatState,
): Promise<void> {
  if (typed === '/help') return out(HELP);
  const mid = `m_${randomUUID()}`;
  const item = itemOf(typed, { ...state, mid, pageId: page.pageId });
  if (typeof item === 'string') return out(item);
  const calls = await deliver(page, item, out);
  const lines = calls.flatMap(describeCall);
  out(lines.length > 0 ? lines.join('\n') : '(không trả lời)');
  const quickReplies = calls.flatMap(quickRepliesOf);
  if (quickReplies.length > 0) state.quickReplies = quickReplies;
  state.lastMid = mid;
}

type QuickReplies = { title: string; payload: string }[];
type Item = { channel: 'messaging' | 'standby'; json: Record<string, unknown> };
type Context = { mid: string; lastMid: string; quickReplies: QuickReplies; pageId: string };

const ATTACHMENTS: Record<string, object> = {
  '/sticker': {
    sticker_id: 369239263222822,
    attachments: [{ type: 'image', payload: { sticker_id: 369239263222822 } }],
  },
  '/image': { attachments: [{ type: 'image', payload: { url: 'https://vi-du.vn/anh.jpg' } }] },
  '/voice': { attachments: [{ type: 'audio', payload: { url: 'https://vi-du.vn/loi-noi.mp4' } }] },
  '/file': { attachments: [{ type: 'file', payload: { url: 'https://vi-du.vn/don.pdf' } }] },
  '/location': {
    attachments: [{ type: 'location', payload: { coordinates: { lat: 20.95, long: 107.08 } } }],
  },
};
const PAGE_INBOX = 263902037430900;

/** What Meta would send for a line; a remark where the line asks for something that is not there. */
function itemOf(typed: string, context: Context): Item | string {
  const { mid, lastMid, quickReplies, pageId } = context;
  const fromPerson = { sender: { id: PERSON }, recipient: { id: pageId }, timestamp: Date.now() };
  const message = (content: object): Item => ({
    channel: 'messaging',
    json: { ...fromPerson, message: { mid, ...content } },
  });
  const [command = '', argument = ''] = typed.split(/\s+/);
  const number = /^\/(\d{1,2})$/.exec(command)?.[1];
  if (number) {
    const tapped = quickReplies[Number(number) - 1];
    if (tapped) return message({ text: tapped.title, quick_reply: { payload: tapped.payload } });
    return '(không có nút này)';
  }
  const attachment = ATTACHMENTS[command];
  if (attachment) return message(attachment);
  switch (command) {
    case '/start':
      return {
        channel: 'messaging',
        json: { ...fromPerson, postback: { mid, title: 'Bắt đầu', payload: 'get-started' } },
      };
    case '/ref':
      return {
        channel: 'messaging',
        json: { ...fromPerson, referral: { ref: argument, source: 'SHORTLINK', type: 'OPEN_THREAD' } },
      };
    case '/unsend':
      return { channel: 'messaging', json: { ...fromPerson, message: { mid: lastMid, is_deleted: true } } };
    case '/staff':
      return {
        channel: 'messaging',
        json: {
          sender: { id: pageId },
          recipient: { id: PERSON },
          timestamp: Date.now(),
          message: { mid, is_echo: true, app_id: PAGE_INBOX, text: 'Chào anh/chị, cán bộ Trung tâm đây ạ.' },
        },
      };
    case '/back':
      return {
        channel: 'messaging',
        json: {
          ...fromPerson,
          pass_thread_control: { new_owner_app_id: 990000000000001, previous_owner_app_id: PAGE_INBOX },
        },
      };
    default:
      if (!/^\/[a-z]/.test(command)) return message({ text: typed });
      return '(không có lệnh này, gõ /help để xem các lệnh)';
  }
}

/** Sends what Meta would send; resolves with what the page does about it. */
async function deliver(
  page: SimulatedPage,
  { channel, json }: Item,
  out: (line: string) => void,
): Promise<GraphStandInCall[]> {
  const body = { object: 'page', entry: [{ id: page.pageId, time: Date.now(), [channel]: [json] }] };
  const before = page.calls.length;
  const status = await page.deliver(signedDelivery(escapedJson(body), page.appSecret));
  if (status !== 200) out(`(webhook: HTTP ${status})`);
  await page.settle();
  return page.calls.slice(before);
}

function quickRepliesOf({ body }: GraphStandInCall): QuickReplies {
  return ((body.message as MessengerMessage | undefined)?.quick_replies ?? []) as QuickReplies;
}

/** Seen and typing are not worth a line. */
function describeCall({ path, body }: GraphStandInCall): string[] {
  if (path === 'me/pass_thread_control') return [`(chuyển cho cán bộ: ${body.metadata})`];
  if (path === 'me/take_thread_control') return ['(lấy lại cuộc trò chuyện)'];
  return body.message ? [describeMessage(body.message as MessengerMessage)] : [];
}

function describeMessage(message: MessengerMessage): string {
  const template = 'attachment' in message ? message.attachment.payload : null;
  const text = 'text' in message ? message.text : (template?.text ?? '');
  const buttons = template?.buttons.map(
    button => `  <${button.title}> ${'url' in button ? button.url : button.payload}`,
  );
  const taps = message.quick_replies?.map(({ title }, i) => `[/${i + 1} ${title}]`).join(' ');
  return [
    `Trang> ${text.replaceAll('\n', '\n       ')}`,
    ...(buttons ?? []),
    ...(taps ? [`  ${taps}`] : []),
  ].join('\n');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

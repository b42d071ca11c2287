import { beforeAll, describe, expect, it } from 'vitest';
import type { AppOverrides } from '../../../src/app.ts';
import { replayBad, replayPayload } from '../../../src/cli/messenger/replay.ts';
import { chat } from '../../../src/cli/messenger/simulate.ts';
import { startSimulatedPage } from '../../../src/cli/messenger/simulated-page.ts';
import { type Config, loadConfig } from '../../../src/config.ts';
import { recordLog } from '../../fixtures/recorded-log.ts';
import { SMALL_CENTRE, SMALL_SNAPSHOT } from '../../fixtures/small-knowledge.ts';
import { trainHere } from '../../fixtures/train-here.ts';

let knowledge: AppOverrides;
let config: Config;
beforeAll(async () => {
  const matcher = await trainHere(SMALL_SNAPSHOT);
  knowledge = {
    snapshot: SMALL_SNAPSHOT,
    centre: { ...SMALL_CENTRE, featured: ['khai-sinh', 'thuong-tru'] },
    obtainMatcher: async () => matcher,
    log: recordLog().log,
  };
  config = loadConfig({});
});

describe('simulate', () => {
  it('answers what is typed, and what is tapped', async () => {
    const said = await converse(['/start', '/1', '/7', '/lạ']);
    expect(said[0]).toMatch(/^Trang> Xin chào! Tôi là trợ lý tự động.*\[\/1 Khai sinh\] \[\/2 Thường trú\]/s);
    expect(said[1]).toMatch(/^Trang> .*Đăng ký khai sinh/s);
    expect(said[2]).toBe('(không có nút này)');
  });

  it('is silent while staff answer, and comes back when they hand back', async () => {
    const said = await converse(['/start', '/3', 'còn đó không', '/back']);
    expect(said[1]).toMatch(/\(chuyển cho cán bộ: Người dân cần gặp cán bộ/s);
    expect(said[2]).toBe('(không trả lời)');
    expect(said[3]).toMatch(/Cán bộ đã chuyển cuộc trò chuyện lại cho tôi, trợ lý tự động/);
  });

  it('shows both sides where the lines come from a script', async () => {
    const page = await startSimulatedPage({ config, overrides: knowledge });
    const out: string[] = [];
    await chat(page, ['xin chào', '/quit', 'không hỏi nữa'], line => out.push(line), true);
    await page.close();
    expect(out[0]).toBe('\nNgười dân> xin chào');
    expect(out).toHaveLength(2);
  });
});

describe('replay', () => {
  it('delivers a payload in the hour of its recording, so that it is answered', async () => {
    expect(await replayPayload(textOf('2018-03-02'), config, knowledge)).toEqual([
      {
        file: 'tin-nhan.json',
        signature: 'right',
        status: 200,
        events: ['text'],
        effect: ['mark_seen', 'typing_on', expect.stringMatching(/^message ".*Đăng ký khai sinh/)],
      },
    ]);
  });

  it('finds that four wrong signatures are refused and have no effect', async () => {
    const results = await replayBad(textOf('2026-11-01'), config, knowledge);
    expect(results.map(({ signature, status, effect }) => [signature, status, effect])).toEqual([
      ['wrong', 403, []],
      ['missing', 403, []],
      ['SHA-1 only', 403, []],
      ['truncated', 403, []],
    ]);
  });
});

/** What the page says to each line. */
async function converse(lines: string[]): Promise<string[]> {
  const page = await startSimulatedPage({ config, overrides: knowledge });
  const out: string[] = [];
  await chat(page, lines, line => out.push(line), false).finally(() => page.close());
  return out;
}

function textOf(day: string) {
  const timestamp = Date.parse(`${day}T08:00:00Z`);
  const message = { mid: 'm_1', text: 'làm giấy khai sinh cho con' };
  const item = {
    sender: { id: '7700000000000001' },
    recipient: { id: '110000000000001' },
    timestamp,
    message,
  };
  const json = { object: 'page', entry: [{ id: '110000000000001', time: timestamp, messaging: [item] }] };
  return { file: 'tin-nhan.json', json, bytes: Buffer.from(JSON.stringify(json)) };
}

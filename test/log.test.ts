import { expect, it } from 'vitest';
import { recordLog } from './fixtures/recorded-log.ts';

it('takes out what nobody should have passed to the log', () => {
  const { log, text } = recordLog();
  log.info({ text: 'cccd 022090001234', turn: { question: 'tôi tên An', id: 't-1' } }, 'turn');
  expect(text()).not.toMatch(/022090001234|tôi tên An/);
  expect(text()).toContain('"id":"t-1"');
});

it('logs an error with its causes, without what libraries hang on it', () => {
  const recorded = recordLog();
  const { log, text } = recorded;
  const cause = Object.assign(new Error('ổ đĩa đầy'), { code: 'ENOSPC' });
  log.error(
    { err: Object.assign(new Error('không ghi được', { cause }), { body: 'cccd 022090001234' }) },
    'hỏng',
  );
  expect(text()).not.toContain('022090001234');
  expect(text()).toContain('ENOSPC');
  expect(recorded.lines).toHaveLength(1);
});

it('does not fail on what is no error', () => {
  const { log, text } = recordLog();
  log.error({ err: 'số 0912345678' }, 'hỏng');
  expect(text()).toContain('"err":{"message":"string"}');
});

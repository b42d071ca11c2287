import { expect, it } from 'vitest';
import { cleanText } from '../../src/channels/clean-text.ts';

it.each([
  ['làm khai sinh\u0000 ở đâu', 'làm khai sinh ở đâu'],
  ['\u001b[31mlệ phí\u001b[0m\u0007', '[31mlệ phí[0m'],
  ['  dòng một\r\ndòng hai\t\n ', 'dòng một\ndòng hai'],
  ['khai sinh'.normalize('NFD'), 'khai sinh'],
  ['đăng ký thường trú'.normalize('NFD'), 'đăng ký thường trú'],
  ['nửa cặp \ud83d ở giữa', 'nửa cặp  ở giữa'],
  ['😀👨‍👩‍👧', '😀👨‍👩‍👧'],
  ['<script>alert(1)</script>', '<script>alert(1)</script>'],
  ['\u0000\u0008', ''],
])('cleans %j to %j', (typed, clean) => {
  expect(cleanText(typed)).toBe(clean);
});

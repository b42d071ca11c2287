import type { TIME_UNITS } from './topic.ts';

type Duration = { value: number; unit: (typeof TIME_UNITS)[number] };

/** 135000 → "135.000 đồng" */
export function formatDong(amount: number): string {
  return `${String(amount).replace(/\B(?=(\d{3})+$)/g, '.')} đồng`;
}

/** "2026-11-21" → "21/11/2026" */
export function formatDate(isoDate: string): string {
  return isoDate.split('-').reverse().join('/');
}

const UNIT_NAMES = {
  minute: 'phút',
  hour: 'giờ',
  'working-day': 'ngày làm việc',
  day: 'ngày',
  month: 'tháng',
  year: 'năm',
} as const satisfies Record<Duration['unit'], string>;

/** "07 ngày làm việc", "1,5 ngày", "6 tháng": offices write days, and only days, with two digits. */
export function formatDuration({ value, unit }: Duration): string {
  if (value === 0.5 && unit !== 'minute') return `nửa ${UNIT_NAMES[unit]}`;
  return `${isDays(unit) ? twoDigits(value) : decimal(value)} ${UNIT_NAMES[unit]}`;
}

/** 1 → "01"; 12 → "12"; 1.5 → "1,5" */
export function twoDigits(value: number): string {
  return Number.isInteger(value) ? String(value).padStart(2, '0') : decimal(value);
}

/** One full stop at the end, whatever stood there. */
export function sentence(text: string): string {
  const bare = withoutEnd(text);
  return /[?!…]$/.test(bare) ? bare : `${bare}.`;
}

/** Without the punctuation at the end: to go on after it. */
export function withoutEnd(text: string): string {
  return text.trim().replace(/[\s.,;:]+$/, '');
}

/** "đăng ký" → "Đăng ký" */
export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function isDays(unit: Duration['unit']): boolean {
  return unit === 'day' || unit === 'working-day';
}

function decimal(value: number): string {
  return String(value).replace('.', ',');
}

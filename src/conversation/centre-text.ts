import type { Centre } from '../domain/centre.ts';

const WEEKDAYS = ['', 'Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ Nhật'];

/** Opening hours in words: "Thứ Hai – Thứ Sáu: 07:30–11:30, 13:30–17:00". */
export function hoursText(hours: Centre['hours']): string {
  const byDays = new Map<string, string[]>();
  for (const { days, from, to } of hours) {
    const names = daysText(days);
    byDays.set(names, [...(byDays.get(names) ?? []), `${from}–${to}`]);
  }
  return [...byDays].map(([days, times]) => `${days}: ${times.join(', ')}`).join('; ');
}

function daysText(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const [first, last] = [sorted[0] ?? 1, sorted.at(-1) ?? 1];
  const isRun = sorted.length > 2 && last - first === sorted.length - 1;
  return isRun ? `${WEEKDAYS[first]} – ${WEEKDAYS[last]}` : sorted.map(day => WEEKDAYS[day]).join(', ');
}

/** Puts the centre's own words in place of `{{centre.phone}}` and the like; what the centre left out reads "chưa rõ". */
export function fillCentre(text: string, centre: Centre): string {
  const { phone, hotline, email, address, website } = centre.contacts;
  const values: Record<string, string | undefined> = {
    name: centre.name,
    province: centre.province,
    phone,
    hotline: hotline ?? phone,
    email,
    address,
    website,
    hours: hoursText(centre.hours),
  };
  return text.replace(/\{\{centre\.(\w+)\}\}/g, (_, key: string) => values[key] ?? 'chưa rõ');
}

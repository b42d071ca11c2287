import type { Centre } from './centre.ts';

/** Opening hours in words: "Thứ Hai – Thứ Sáu: 07:30–11:30, 13:30–17:00; Thứ Bảy: 07:30–11:30". */
export function openingHoursInWords(hours: Centre['hours']): string {
  const byDays = new Map<string, string[]>();
  for (const { days, from, to } of [...hours].sort(byFirstDayThenTime)) {
    const words = daysInWords(days);
    byDays.set(words, [...(byDays.get(words) ?? []), `${from}–${to}`]);
  }
  return [...byDays].map(([days, times]) => `${days}: ${times.join(', ')}`).join('; ');
}

const WEEKDAYS = ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ nhật'] as const;

/** 1, 2, 3, 6 → "Thứ Hai – Thứ Tư, Thứ Bảy". */
function daysInWords(days: number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const day of [...new Set(days)].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.last === day - 1) run.last = day;
    else runs.push({ first: day, last: day });
  }
  return runs.map(runInWords).join(', ');
}

function runInWords({ first, last }: { first: number; last: number }): string {
  const [from, to] = [WEEKDAYS[first - 1], WEEKDAYS[last - 1]];
  if (first === last) return `${from}`;
  return last === first + 1 ? `${from}, ${to}` : `${from} – ${to}`;
}

function byFirstDayThenTime(a: Centre['hours'][number], b: Centre['hours'][number]): number {
  return Math.min(...a.days) - Math.min(...b.days) || a.from.localeCompare(b.from);
}

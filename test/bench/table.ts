import type { Measurement } from './measure.ts';

type Column = { title: string; cell: (row: Measurement, ours: Measurement | undefined) => string };

const COLUMNS: readonly Column[] = [
  { title: 'engine', cell: ({ engine }) => engine },
  { title: 'top-1 %', cell: ({ top1 }) => percent(top1) },
  { title: 'top-3 %', cell: ({ top3 }) => percent(top3) },
  { title: 'p50 µs', cell: ({ p50Micros }) => count(p50Micros) },
  { title: '× ours', cell: (row, ours) => ratio(row.p50Micros, ours?.p50Micros) },
  { title: 'p99 µs', cell: ({ p99Micros }) => count(p99Micros) },
  { title: '× ours', cell: (row, ours) => ratio(row.p99Micros, ours?.p99Micros) },
  { title: 'build ms', cell: ({ buildMilliseconds }) => count(buildMilliseconds) },
  { title: '× ours', cell: (row, ours) => ratio(row.buildMilliseconds, ours?.buildMilliseconds) },
  { title: 'memory MB', cell: ({ megabytes }) => count(megabytes) },
  { title: '× ours', cell: (row, ours) => ratio(row.megabytes, ours?.megabytes) },
  { title: '', cell: ({ notFinished }) => (notFinished ? `not finished: ${notFinished}` : '') },
];

/** One line for each engine; `× ours` says how many times ours a figure is. */
export function formatTable(rows: readonly Measurement[], ours: Measurement | undefined): string {
  const lines = [
    COLUMNS.map(({ title }) => title),
    ...rows.map(row => COLUMNS.map(({ cell }) => cell(row, ours))),
  ];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)));
  return lines.map(line => formatLine(line, widths)).join('\n');
}

/** Names and remarks stand left, figures right. */
function formatLine(cells: readonly string[], widths: readonly number[]): string {
  const last = cells.length - 1;
  return cells
    .map((cell, i) =>
      i === 0 ? cell.padEnd(widths[i] ?? 0) : i === last ? cell : cell.padStart(widths[i] ?? 0),
    )
    .join('  ')
    .trimEnd();
}

function percent(share: number | null): string {
  return share === null ? '–' : (share * 100).toFixed(1);
}

function count(value: number | null): string {
  return value === null ? '–' : Math.round(value).toLocaleString('en');
}

function ratio(value: number | null, ours: number | null | undefined): string {
  if (value === null || !ours) return '–';
  const times = value / ours;
  return times < 10 ? times.toFixed(2) : Math.round(times).toLocaleString('en');
}

/** What a run on one public set says. */
export type Report = {
  /** For `--json`: shares are 0–1, null = not measured. */
  figures: Record<string, unknown>;
  tables: Table[];
  /** How the threshold was chosen, what was counted how. */
  notes: string[];
};

export type Table = { title: string; columns: readonly string[]; rows: readonly Row[] };

/** A system's name and its figures as they are to be read, in the order of the columns. */
export type Row = readonly [name: string, ...values: string[]];

export function formatReport({ tables, notes }: Report): string {
  return [...tables.map(formatTable), notes.join('\n')].join('\n\n');
}

/** 0.9123 → "91.2"; what was not measured or not published is a dash. */
export function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? '–' : (share * 100).toFixed(1);
}

/** 0.9123 → ".912": reciprocal ranks and F1 as the literature writes them. */
export function fraction(value: number | null | undefined, digits = 3): string {
  return value === null || value === undefined ? '–' : value.toFixed(digits).replace(/^0/, '');
}

export function mean(values: readonly (number | null | undefined)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0) / Math.max(1, values.length);
}

function formatTable({ title, columns, rows }: Table): string {
  const lines = [['', ...columns], ...rows];
  const widths = ['', ...columns].map((_, column) =>
    Math.max(...lines.map(line => (line[column] ?? '').length)),
  );
  const format = (line: readonly string[]) =>
    line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  return [title, ...lines.map(line => `  ${format(line)}`.trimEnd())].join('\n');
}

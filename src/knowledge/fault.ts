/**
 * One thing to correct in the knowledge files. An `error` keeps the release from being used;
 * a `warning` is for the curator to think about. Lines and columns count from 1.
 */
export type Fault = {
  severity: 'error' | 'warning';
  file: string;
  line: number;
  column: number;
  /** What is wrong and what to write instead. */
  message: string;
};

/** `intents/ho-tich/x.yaml:12:3 label is 24 characters, at most 20 fit on a button: shorten it` */
export function formatFault({ severity, file, line, column, message }: Fault): string {
  return `${file}:${line}:${column} ${severity === 'warning' ? 'warning: ' : ''}${message}`;
}

/** A fault of the file as a whole. */
export function fileFault(file: string, message: string, severity: Fault['severity'] = 'error'): Fault {
  return { severity, file, line: 1, column: 1, message };
}

export function isError(fault: Fault): boolean {
  return fault.severity === 'error';
}

/** Sorts by file, line and column. */
export function byPlace(a: Fault, b: Fault): number {
  return a.file.localeCompare(b.file, 'en') || a.line - b.line || a.column - b.column;
}

/** A logistic regression over a handful of numbers: turns evidence into a probability. */
export type Logistic = { weights: number[]; bias: number };

export function probability({ weights, bias }: Logistic, features: readonly number[]): number {
  const z = features.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), bias);
  return 1 / (1 + Math.exp(-z));
}

const RIDGE = 0.3;
const MAX_STEPS = 50;

/** Fits by Newton's method with a small ridge; `importance` weighs the rows (1 each when left out). */
export function fitLogistic(
  rows: readonly (readonly number[])[],
  outcomes: readonly boolean[],
  importance?: readonly number[],
): Logistic {
  const size = (rows[0]?.length ?? 0) + 1;
  let beta = new Array<number>(size).fill(0);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const gradient = beta.map((b, i) => (i === size - 1 ? 0 : -RIDGE * b));
    const hessian = beta.map((_, i) => beta.map((_, j) => (i === j ? RIDGE : 0)));
    rows.forEach((row, r) => {
      const x = [...row, 1];
      const z = x.reduce((sum, value, i) => sum + value * (beta[i] ?? 0), 0);
      const p = 1 / (1 + Math.exp(-z));
      const weight = importance?.[r] ?? 1;
      const error = weight * ((outcomes[r] ? 1 : 0) - p);
      const curve = weight * Math.max(p * (1 - p), 1e-6);
      for (let i = 0; i < size; i += 1) {
        gradient[i] = (gradient[i] ?? 0) + error * (x[i] ?? 0);
        const line = hessian[i] as number[];
        for (let j = 0; j < size; j += 1) line[j] = (line[j] ?? 0) + curve * (x[i] ?? 0) * (x[j] ?? 0);
      }
    });
    const change = solve(hessian, gradient);
    beta = beta.map((b, i) => b + (change[i] ?? 0));
    if (change.every(value => Math.abs(value) < 1e-6)) break;
  }
  return { weights: beta.slice(0, -1), bias: beta[size - 1] ?? 0 };
}

/** Gaussian elimination with partial pivoting; the ridge keeps the matrix regular. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((line, i) => [...line, right[i] ?? 0]);
  const size = rows.length;
  const cell = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let i = column + 1; i < size; i += 1)
      if (Math.abs(cell(i, column)) > Math.abs(cell(pivot, column))) pivot = i;
    [rows[column], rows[pivot]] = [rows[pivot] as number[], rows[column] as number[]];
    for (let i = 0; i < size; i += 1) {
      if (i === column) continue;
      const factor = cell(i, column) / cell(column, column);
      for (let j = column; j <= size; j += 1)
        (rows[i] as number[])[j] = cell(i, j) - factor * cell(column, j);
    }
  }
  return rows.map((line, i) => (line[size] ?? 0) / cell(i, i));
}

/** The rows of a QWERTY keyboard; each lies half a key to the right of the one above. */
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

const NEIGHBOURS: ReadonlyMap<string, string> = new Map(
  ROWS.flatMap((row, r) =>
    Array.from(row, (key, at) => {
      const beside = [row[at - 1], row[at + 1]];
      const above = [ROWS[r - 1]?.[at], ROWS[r - 1]?.[at + 1]];
      const below = [ROWS[r + 1]?.[at - 1], ROWS[r + 1]?.[at]];
      return [key, [...beside, ...above, ...below].join('')] as const;
    }),
  ),
);

/** The keys that touch this one: "g" → "fhtyvb"; empty for what is no letter of the keyboard. */
export function neighbouringKeys(key: string): string {
  return NEIGHBOURS.get(key) ?? '';
}

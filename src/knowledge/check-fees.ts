import type { Fault } from './fault.ts';
import type { YamlFile } from './yaml-file.ts';

/** No fee is smaller; a smaller number is thousands by mistake. */
const SMALLEST_FEE = 1000;

/** "8.000" is eight to YAML and eight thousand to whoever typed it. */
export function checkFees(file: YamlFile): Fault[] {
  const fees = (file.data as { facts?: { fees?: { value?: unknown } } } | null | undefined)?.facts?.fees
    ?.value;
  if (!Array.isArray(fees)) return [];
  return fees.flatMap((fee: { amount?: unknown } | null, index) => {
    if (typeof fee?.amount !== 'number') return [];
    const path = ['facts', 'fees', 'value', index, 'amount'];
    const typed = file.typed(path) ?? '';
    if (/[.,_]/.test(typed))
      return [
        file.faultAt(path, `amount is ${typed}: write đồng without dots, ${typed.replace(/[.,_]/g, '')}`),
      ];
    if (fee.amount > 0 && fee.amount < SMALLEST_FEE)
      return [file.faultAt(path, `amount is ${typed} đồng: write the whole amount, ${typed}000?`, 'warning')];
    return [];
  });
}

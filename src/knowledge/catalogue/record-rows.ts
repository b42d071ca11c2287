import type { Facts, Fee } from '../../domain/topic.ts';
import type { CatalogueRecord } from './read-catalogue.ts';

type Time = NonNullable<Facts['time']>['value'];

/** One way of handing in a dossier; null = the record does not say it plainly. */
export type RecordRow = {
  channel: Exclude<Fee['channel'], 'any'>;
  time: Time | null;
  /** Đồng. */
  amount: number | null;
};

/**
 * "Trực tuyến3 Ngày làm việc7,000 Việt Nam Đồng(…)mô tả": the table's cells stand side by side without a sign
 * between. A row reaches to the next one; what follows the fee is its remark.
 */
const ROW =
  /(Trực tuyến|Dịch vụ bưu chính|Trực tiếp)(\d+) ?(Ngày làm việc|Ngày|Giờ|Tháng)?(Miễn phí|[\d,.]+ (?:Việt Nam Đồng|VNĐ))?/g;
const CHANNELS = { 'Trực tuyến': 'online', 'Dịch vụ bưu chính': 'post', 'Trực tiếp': 'in-person' } as const;
const UNITS = { 'Ngày làm việc': 'working-day', Ngày: 'day', Giờ: 'hour', Tháng: 'month' } as const;
/** Beside "Miễn phí" such words mean that the fee is told elsewhere. */
const SPEAKS_OF_MONEY = /đồng|VNĐ|lệ phí|phí|Hội đồng nhân dân|HĐND|mức thu|quy định|\d[.,]000/i;
const SMALLEST_FEE = 1000;

/** The rows of the table of ways, times and fees. */
export function rowsOf({ cach_thuc_thuc_hien: text }: CatalogueRecord): RecordRow[] {
  const found = [...text.matchAll(ROW)];
  return found.map((match, i) => {
    const [whole, channel = '', value, unit, fee] = match;
    const remark = text.slice(match.index + whole.length, found[i + 1]?.index);
    return {
      channel: CHANNELS[channel as keyof typeof CHANNELS],
      // Without a unit even the number is doubtful: the fee's first digits may be glued to it.
      time: unit ? { value: Number(value), unit: UNITS[unit as keyof typeof UNITS] } : null,
      amount: amountOf(unit, fee, remark),
    };
  });
}

function amountOf(unit: string | undefined, fee: string | undefined, remark: string): number | null {
  if (fee === undefined) return null;
  if (fee === 'Miễn phí') return SPEAKS_OF_MONEY.test(remark) ? null : 0;
  const amount = amountIn(fee);
  return unit && amount >= SMALLEST_FEE && !namesAnother(amount, remark) ? amount : null;
}

/** "50,000 VNĐ(… nộp trực tuyến bằng 50 %; cấp lại 100.000 đồng)": one number is not the whole truth. */
function namesAnother(amount: number, remark: string): boolean {
  const amounts = remark.match(/\d{1,3}(?:[.,]\d{3})+/g) ?? [];
  return /\d ?%/.test(remark) || amounts.some(other => amountIn(other) !== amount);
}

function amountIn(text: string): number {
  return Number(text.replace(/\D/g, ''));
}

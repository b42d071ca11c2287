import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import { FACET_LABELS } from '../../domain/facet.ts';
import { COLUMNS, type ColumnKey, GROUP_LABELS, STATUS_LABELS, VERIFIED_LABELS } from './columns.ts';
import { neutraliseFormula } from './formula-guard.ts';

export const SHEET_NAME = 'Câu hỏi và trả lời';
const GUIDE_NAME = 'Hướng dẫn';
const GUIDE_WIDTHS = [{ width: 24 }, { width: 110 }, {}, { width: 24 }];
const FACETS_COLUMN = ['Khía cạnh để chọn', ...Object.values(FACET_LABELS)];
/** Rows that offer lists of choices; new rows below the data have them too. */
const ROWS_WITH_LISTS = 60_000;

/** A workbook with the table (headings first) and, as its second sheet, what the columns mean. */
export async function writeXlsx(
  rows: readonly (readonly string[])[],
  guide: readonly (readonly string[])[],
): Promise<Uint8Array> {
  const sheets = [
    {
      sheet: SHEET_NAME,
      data: cellsOf(rows),
      columns: COLUMNS.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
    },
    { sheet: GUIDE_NAME, data: cellsOf(besideFacets(guide)), columns: GUIDE_WIDTHS },
  ];
  return writeExcelFile(sheets, { features: [choiceLists] }).toBuffer();
}

/** A list's items are parted by commas, and facets hold some: their list is a range of the second sheet. */
function besideFacets(guide: readonly (readonly string[])[]): string[][] {
  return guide.map(([what = '', text = ''], index) => [what, text, '', FACETS_COLUMN[index] ?? '']);
}

/** All cells are text: a code such as 1.001190 would lose its last digit as a number. */
function cellsOf(rows: readonly (readonly string[])[]): SheetData {
  return rows.map((row, index) =>
    row.map(text => {
      if (text === '') return null;
      const style = { type: String, format: '@', wrap: true, alignVertical: 'top' as const };
      const value = escapeCodes(neutraliseFormula(text));
      return index === 0 ? { value, ...style, fontWeight: 'bold' as const } : { value, ...style };
    }),
  );
}

/** A text that looks like a spreadsheet's own code for a character, such as `_x000D_`. */
function escapeCodes(text: string): string {
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}

/** What each list offers, as a formula. */
const LISTS: Partial<Record<ColumnKey, string>> = {
  group: listed(GROUP_LABELS),
  facet: `'${GUIDE_NAME}'!$D$2:$D$${FACETS_COLUMN.length}`,
  status: listed(STATUS_LABELS),
  verified: listed(VERIFIED_LABELS),
};

function listed(labels: Record<string, string>): string {
  return `"${Object.values(labels).join(',')}"`;
}

/** Lists of choices in the cells: a part of a sheet that the library has no option for. */
type Feature = NonNullable<NonNullable<Parameters<typeof writeExcelFile>[1]>['features']>[number];

const choiceLists: Feature = {
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        insert: ({ sheet }) => {
          if (sheet !== SHEET_NAME) return undefined;
          const lists = COLUMNS.flatMap(({ key }, index) => {
            const choices = LISTS[key];
            return choices ? [validation(String.fromCharCode(65 + index), choices)] : [];
          });
          return `<dataValidations count="${lists.length}">${lists.join('')}</dataValidations>`;
        },
      },
    },
  },
};

function validation(column: string, choices: string): string {
  const range = `${column}2:${column}${ROWS_WITH_LISTS}`;
  return `<dataValidation type="list" allowBlank="1" showErrorMessage="0" sqref="${range}"><formula1>${choices}</formula1></dataValidation>`;
}

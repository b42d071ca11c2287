import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import { FACET_LABELS } from '../../domain/facet.ts';
import { COLUMNS, type ColumnKey, GROUP_LABELS, STATUS_LABELS, VERIFIED_LABELS } from './columns.ts';
import { neutraliseFormula } from './formula-guard.ts';

export const SHEET_NAME = 'Câu hỏi và trả lời';
const GUIDE_NAME = 'Hướng dẫn';
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
    { sheet: GUIDE_NAME, data: cellsOf(guide), columns: [{ width: 24 }, { width: 110 }] },
  ];
  return writeExcelFile(sheets, { features: [choiceLists] }).toBuffer();
}

/** All cells are text: a code such as 1.001190 would lose its last digit as a number. */
function cellsOf(rows: readonly (readonly string[])[]): SheetData {
  return rows.map((row, index) =>
    row.map(text => {
      if (text === '') return null;
      const style = { type: String, format: '@', wrap: true, alignVertical: 'top' as const };
      const value = neutraliseFormula(text);
      return index === 0 ? { value, ...style, fontWeight: 'bold' as const } : { value, ...style };
    }),
  );
}

const LISTS: Partial<Record<ColumnKey, readonly string[]>> = {
  group: Object.values(GROUP_LABELS),
  status: Object.values(STATUS_LABELS),
  verified: Object.values(VERIFIED_LABELS),
};

/**
 * Lists of choices in the cells, as a part of the sheet that the library has no option for. A list's items are
 * parted by commas, and two facets hold one, so facets are named on the second sheet instead.
 */
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

function validation(column: string, choices: readonly string[]): string {
  const range = `${column}2:${column}${ROWS_WITH_LISTS}`;
  return `<dataValidation type="list" allowBlank="1" showErrorMessage="0" sqref="${range}"><formula1>"${choices.join(',')}"</formula1></dataValidation>`;
}

/** Named on the second sheet. */
export const FACET_CHOICES = Object.values(FACET_LABELS);

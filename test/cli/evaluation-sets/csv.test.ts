import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../../src/cli/evaluation-sets/csv.ts';

const parse = (content: string) => parseCsv(content, ['câu', 'nhãn'], 'thu.csv');

describe('CSV files of the public sets', () => {
  it.each([
    ['plain fields', 'câu,nhãn\nmất căn cước,căn-cước\n', 'mất căn cước'],
    ['columns in another order, and others', 'số,nhãn,câu\r\n1,căn-cước,mất thẻ\r\n', 'mất thẻ'],
    ['commas in quotes', 'câu,nhãn\n"mất thẻ, làm sao",căn-cước', 'mất thẻ, làm sao'],
    ['quotes in quotes', 'câu,nhãn\n"mất ""thẻ""",căn-cước', 'mất "thẻ"'],
    ['line breaks in quotes', 'câu,nhãn\n"mất\nthẻ",căn-cước', 'mất\nthẻ'],
    ['a byte order mark', '\uFEFFcâu,nhãn\nmất thẻ,căn-cước', 'mất thẻ'],
    ['empty lines', 'câu,nhãn\n\nmất thẻ,căn-cước\n\n', 'mất thẻ'],
  ])('are read with %s', (_, content, text) => {
    expect(parse(content)).toEqual([{ câu: text, nhãn: 'căn-cước' }]);
  });

  it('keep empty fields', () => {
    expect(parse('câu,nhãn\n,một\nhai,')).toEqual([
      { câu: '', nhãn: 'một' },
      { câu: 'hai', nhãn: '' },
    ]);
  });

  it('are refused where a column is missing or a quote is open, naming the file', () => {
    expect(() => parse('câu,label\na,b')).toThrow('thu.csv has no column nhãn');
    expect(() => parse('câu,nhãn\n"mất thẻ,a\n')).toThrow('thu.csv: a quote is out of place near ""mất thẻ');
  });
});

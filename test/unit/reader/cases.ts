import type { HelpPage } from '../../../core/errors/lab-error'
import type { ColumnType } from '../../../core/data/table'
import type { CsvSettings } from '../../../core/experiment/schema'

export interface GoodCase {
  readonly file: string
  readonly csv?: CsvSettings
  /** Settings that were found out and are worth a look. */
  readonly found?: CsvSettings
  readonly types: Readonly<Record<string, ColumnType>>
  /** What some columns hold: numbers, or words, with null for missing. */
  readonly values?: Readonly<Record<string, readonly (number | string | null)[]>>
}

const day = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000

export const goodCases: readonly GoodCase[] = [
  {
    file: 'plain.csv',
    found: { delimiter: ',', decimal: '.', quote: '"', encoding: 'utf-8', header: true },
    types: { size: 'number', colour: 'category', bought: 'boolean' },
    values: { size: [1.5, 2, -300, 4], colour: ['red', 'green', 'red', 'red'], bought: [1, 0, 1, 1] },
  },
  {
    file: 'semicolon-comma.csv',
    found: { delimiter: ';', decimal: ',' },
    types: { größe: 'number', preis: 'number', ort: 'category' },
    values: { größe: [1.5, 2.25, 3], preis: [1234.5, 999, 12000], ort: ['Ulm', 'Ulm', 'Köln'] },
  },
  {
    file: 'tabs.csv',
    found: { delimiter: '\t' },
    types: { a: 'number', b: 'number', c: 'category' },
    values: { c: ['x, y', 'x, y'] },
  },
  { file: 'bars.csv', found: { delimiter: '|' }, types: { a: 'number', b: 'number' }, values: { b: [2, 4] } },
  {
    file: 'bom.csv',
    types: { name: 'category', n: 'number' },
    values: { name: ['anna', 'anna'], n: [1, 2] },
  },
  {
    file: 'utf16-le.csv',
    found: { encoding: 'utf-16', delimiter: ';' },
    types: { Stadt: 'category', Höhe: 'number' },
    values: { Stadt: ['Zürich', 'Zürich'], Höhe: [408, 409] },
  },
  {
    file: 'utf16-be.csv',
    found: { encoding: 'utf-16', delimiter: ';' },
    types: { Stadt: 'category', Höhe: 'number' },
    values: { Stadt: ['Zürich', 'Zürich'], Höhe: [408, 409] },
  },
  {
    file: 'utf16-no-mark.csv',
    found: { encoding: 'utf-16' },
    types: { Stadt: 'category', Ort: 'number' },
    values: { Stadt: ['Zuerich', 'Zuerich'], Ort: [408, 409] },
  },
  {
    file: 'windows-1252.csv',
    found: { encoding: 'windows-1252', decimal: ',' },
    types: { Preis: 'number', Währung: 'category' },
    values: { Währung: ['€', '€'], Preis: [1.5, 2.5] },
  },
  {
    file: 'latin-1.csv',
    csv: { encoding: 'latin-1' },
    found: { encoding: 'latin-1' },
    types: { prénom: 'category', n: 'number' },
    values: { prénom: ['Zoé', 'Zoé'] },
  },
  {
    file: 'missing.csv',
    types: { a: 'number', b: 'number', c: 'boolean', d: 'category' },
    values: {
      a: [1, null, null, 4, 5],
      b: [null, 2, 3, null, 5],
      c: [null, null, null, 1, 0],
      d: ['x', 'x', null, 'x', 'x'],
    },
  },
  {
    file: 'missing.csv',
    csv: { missing: ['?'] },
    types: { a: 'text', b: 'text', c: 'text', d: 'category' },
    values: { a: ['1', null, 'n/a', '4', '5'], c: [null, '-', 'None', 'yes', 'no'] },
  },
  {
    file: 'booleans.csv',
    types: { de: 'boolean', fr: 'boolean', mixed: 'boolean', bits: 'number' },
    values: { de: [1, 0, 1], fr: [1, 0, 1], mixed: [1, 0, 1], bits: [0, 1, 1] },
  },
  {
    file: 'dates.csv',
    types: {
      iso: 'date',
      german: 'date',
      american: 'date',
      british: 'date',
      stamp: 'date',
      ambiguous: 'category',
    },
    values: {
      iso: [day('2024-01-31'), day('2024-02-01'), day('2024-02-01')],
      german: [day('2024-01-31'), day('2024-02-01'), day('2024-02-01')],
      american: [day('2024-01-31'), day('2024-02-01'), day('2024-02-01')],
      british: [day('2024-01-31'), day('2024-02-01'), day('2024-02-01')],
      stamp: [day('2024-01-31') + 0.5, day('2024-02-01') + 0.25, day('2024-02-01') + 0.25],
    },
  },
  {
    file: 'thousands.csv',
    found: { decimal: '.' },
    types: { city: 'category', people: 'number', rate: 'number', minus: 'number' },
    values: { people: [1234567, 12345, 999], rate: [12, 3.5, 0], minus: [-4, -4.5, 1] },
  },
  {
    file: 'quotes.csv',
    types: { text: 'text', n: 'number' },
    values: { text: ['a "quoted" word', 'two\nlines', 'a, b'] },
  },
  {
    file: 'single-quotes.csv',
    found: { quote: "'", delimiter: ';' },
    types: { name: 'category', n: 'number' },
    values: { name: ['a; b', 'a; b'] },
  },
  {
    file: 'no-header.csv',
    found: { header: false },
    types: { column_1: 'number', column_2: 'number', column_3: 'category' },
    values: { column_1: [5.1, 4.9, 6], column_3: ['setosa', 'setosa', 'virginica'] },
  },
  {
    file: 'year-header.csv',
    csv: { header: true },
    types: { country: 'category', '2019': 'number', '2020': 'number' },
    values: { '2019': [1, 3] },
  },
  {
    file: 'year-header.csv',
    found: { header: false },
    types: { column_1: 'category', column_2: 'number', column_3: 'number' },
    values: { column_1: ['country', 'Peru', 'Peru'], column_2: [2019, 1, 3] },
  },
  {
    file: 'double-names.csv',
    types: { a: 'number', a_2: 'number', column_3: 'number', a_3: 'number' },
    values: { a_3: [4, 8] },
  },
  {
    file: 'empty-column.csv',
    types: { a: 'number', b: 'text', c: 'category' },
    values: { b: [null, null] },
  },
  {
    file: 'identifiers.csv',
    types: { id: 'number', code: 'text', customerId: 'number', humid: 'number', n: 'number' },
  },
  {
    file: 'mixed-lines.csv',
    types: { a: 'number', b: 'number' },
    values: { a: [1, 3, 5, 7], b: [2, 4, 6, 8] },
  },
  { file: 'spaces.csv', types: { a: 'number', b: 'category' }, values: { a: [1, 2, 3], b: ['x', 'x', 'x'] } },
  { file: 'old-mac.csv', types: { a: 'number', b: 'number' }, values: { a: [1, 3], b: [2, 4] } },
  { file: 'zip-codes.csv', types: { zip: 'number', n: 'number' }, values: { zip: [1234, 1234, 98765] } },
  {
    file: 'almost-numbers.csv',
    types: { n: 'category', m: 'number' },
    values: { n: ['1', '2', '3', 'see note', '5', '5'] },
  },
  { file: 'o\'brien [1] "é" *.csv', types: { a: 'number', b: 'number' }, values: { a: [1, 3] } },
]

export interface BadCase {
  readonly file: string
  readonly csv?: CsvSettings
  readonly types?: Readonly<Record<string, ColumnType>>
  /** The whole help page; `place.file` is added by the test. */
  readonly page: HelpPage
}

export const badCases: readonly BadCase[] = [
  {
    file: 'plian.csv',
    page: {
      code: 'file-missing',
      expected: 'a file',
      came: 'no file of this name',
      advice: 'Did you mean "plain.csv"?',
    },
  },
  {
    file: '.',
    page: {
      code: 'file-is-folder',
      expected: 'a CSV file',
      came: 'a folder',
      advice: 'Choose a file inside the folder.',
    },
  },
  {
    file: 'empty.csv',
    page: {
      code: 'file-empty',
      expected: 'a table with a header and rows',
      came: 'an empty file',
      advice: 'Save the table again, or choose another file.',
    },
  },
  {
    file: 'blank.csv',
    page: {
      code: 'no-rows',
      expected: 'a header and at least one row below it',
      came: 'nothing but empty lines',
      advice: 'Choose a file with rows, or set header to false if the first line is data.',
    },
  },
  {
    file: 'header-only.csv',
    page: {
      code: 'no-rows',
      expected: 'a header and at least one row below it',
      came: 'a header without rows',
      advice: 'Choose a file with rows, or set header to false if the first line is data.',
    },
  },
  {
    file: 'one-column.csv',
    page: {
      code: 'one-column',
      expected: 'at least two columns, one to predict and one to predict it from',
      came: 'one column; tried as delimiter: tab, semicolon, bar, comma',
      advice:
        'Set the delimiter that the file uses in the CSV settings, or choose a table with more columns.',
    },
  },
  {
    file: 'plain.csv',
    csv: { delimiter: ';' },
    page: {
      code: 'one-column',
      expected: 'at least two columns, one to predict and one to predict it from',
      came: 'one column; tried as delimiter: semicolon',
      advice:
        'Set the delimiter that the file uses in the CSV settings, or choose a table with more columns.',
    },
  },
  {
    file: 'short-row.csv',
    page: {
      code: 'ragged-rows',
      expected: '3 cells in every row, as in the header',
      came: '2 cells',
      advice: 'Add the missing cells; they may be empty, but the delimiters must be there.',
      place: { row: 2 },
    },
  },
  {
    file: 'long-row.csv',
    page: {
      code: 'ragged-rows',
      expected: '2 cells in every row, as in the header',
      came: '3 cells',
      advice: 'Put cells that hold the delimiter in quotes, or remove what is too much.',
      place: { row: 2 },
    },
  },
  {
    file: 'open-quote.csv',
    page: {
      code: 'unclosed-quote',
      expected: 'each opening " to have a closing one at the end of its cell',
      came: 'a cell without it',
      advice: 'Close the quote, or double a " that belongs to the text.',
      place: { row: 2 },
    },
  },
  {
    file: 'stray-quote.csv',
    page: {
      code: 'unclosed-quote',
      expected: 'each opening " to have a closing one at the end of its cell',
      came: 'a cell without it',
      advice: 'Close the quote, or double a " that belongs to the text.',
      place: { row: 1 },
    },
  },
  {
    file: 'binary.csv',
    page: {
      code: 'not-text',
      expected: 'a text file with comma-separated values',
      came: 'a binary file: byte 9 is NUL',
      advice:
        'Export the table as CSV from the program that wrote it. If it is UTF-16 text, set the encoding to utf-16.',
    },
  },
  {
    file: 'undecodable.csv',
    page: {
      code: 'undecodable',
      expected: 'text in utf-8 or windows-1252',
      came: 'bytes that are no letters there',
      advice: 'Set the encoding in the CSV settings, or save the table as UTF-8.',
    },
  },
  {
    file: 'latin-1.csv',
    csv: { encoding: 'utf-8' },
    page: {
      code: 'undecodable',
      expected: 'text in utf-8',
      came: 'bytes that are no letters there, the first of them at byte 3',
      advice: 'Choose another encoding: utf-8, utf-16, latin-1 or windows-1252.',
    },
  },
  {
    file: 'almost-numbers.csv',
    types: { n: 'number' },
    page: {
      code: 'not-a-number',
      expected: 'a number, with "." before decimals',
      came: '"see note"',
      advice: 'Correct the cell, list it among the missing markers, or choose another type for the column.',
      place: { row: 4, column: 'n' },
    },
  },
  {
    file: 'dates.csv',
    types: { ambiguous: 'date' },
    page: {
      code: 'ambiguous-date',
      expected: 'dates that can be read in one way only',
      came: '"01/02/2024", which may be day/month/year or month/day/year',
      advice: 'Write the dates as year-month-day, such as 2024-12-31.',
      place: { column: 'ambiguous' },
    },
  },
  {
    file: 'plain.csv',
    types: { colour: 'date' },
    page: {
      code: 'not-a-date',
      expected: 'a date such as 2024-12-31 or 31.12.2024',
      came: '"red"',
      advice: 'Correct the cell, list it among the missing markers, or choose another type for the column.',
      place: { row: 1, column: 'colour' },
    },
  },
  {
    file: 'plain.csv',
    types: { size: 'boolean' },
    page: {
      code: 'not-yes-no',
      expected: 'two different values, such as yes and no',
      came: '4 values: "1.5", "2", "-3e2", "4"',
      advice: 'Choose the type category, or correct the cells.',
      place: { column: 'size' },
    },
  },
]

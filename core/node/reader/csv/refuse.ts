import { triedDelimiters } from '../../../data/csv/sniff'
import { LabError } from '../../../errors/lab-error'

const place = (row: number, file: string) => (row > 0 ? { file, row } : { file })

/** A NUL byte is in no text. @param at its place from 0 */
export function refuseNul(file: string, at: number): never {
  throw new LabError({
    code: 'not-text',
    expected: 'a text file with comma-separated values',
    came: `a binary file: byte ${at + 1} is NUL`,
    advice:
      'Export the table as CSV from the program that wrote it. If it is UTF-16 text, set the encoding to utf-16.',
    place: { file },
  })
}

/** @param row from 1; 0 is the header */
export function raggedRows(
  found: number,
  width: number,
  header: boolean,
  row: number,
  file: string,
): LabError {
  return new LabError({
    code: 'ragged-rows',
    expected: `${width} cells in every row, as in the ${header ? 'header' : 'first row'}`,
    came: `${found} ${found === 1 ? 'cell' : 'cells'}`,
    advice:
      found > width
        ? 'Put cells that hold the delimiter in quotes, or remove what is too much.'
        : 'Add the missing cells; they may be empty, but the delimiters must be there.',
    place: place(row, file),
  })
}

/** @param row from 1; 0 is the header */
export function refuseQuote(quote: string, row: number, file: string): never {
  throw new LabError({
    code: 'unclosed-quote',
    expected: `each opening ${quote} to have a closing one at the end of its cell`,
    came: row > 0 ? 'a cell without it' : 'a header cell without it',
    advice: `Close the quote, or double a ${quote} that belongs to the text.`,
    place: place(row, file),
  })
}

export function refuseLong(file: string, row: number, most: number): never {
  throw new LabError({
    code: 'long-record',
    expected: `rows of at most ${most >> 20} MiB`,
    came: 'a longer one, without a line break',
    advice: 'Check that the file is a table, and that its rows end with line breaks.',
    place: place(row, file),
  })
}

export const mostColumns = 16_384

export function refuseWide(file: string, width: number): never {
  throw new LabError({
    code: 'too-many-columns',
    expected: `at most ${mostColumns.toLocaleString('en')} columns`,
    came: width.toLocaleString('en'),
    advice: 'Leave columns out of the table, or exchange its rows and columns if it lies on its side.',
    place: { file },
  })
}

export function refuseNoRows(file: string, came: string): never {
  throw new LabError({
    code: 'no-rows',
    expected: 'a header and at least one row below it',
    came,
    advice: 'Choose a file with rows, or set header to false if the first line is data.',
    place: { file },
  })
}

const delimiterNames: Readonly<Record<string, string>> = {
  '\t': 'tab',
  ';': 'semicolon',
  '|': 'bar',
  ',': 'comma',
}

export function refuseOneColumn(file: string, delimiter: string, given?: string): never {
  const tried = given === undefined ? triedDelimiters : [delimiter]
  throw new LabError({
    code: 'one-column',
    expected: 'at least two columns, one to predict and one to predict it from',
    came: `one column; tried as delimiter: ${tried.map((mark) => delimiterNames[mark] ?? `"${mark}"`).join(', ')}`,
    advice: 'Set the delimiter that the file uses in the CSV settings, or choose a table with more columns.',
    place: { file },
  })
}

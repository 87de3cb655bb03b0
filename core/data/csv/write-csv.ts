import type { Dialect } from './dialect'

/** Writes records as CSV text: a cell is quoted where it must be, lines end in `\n`. The dialect needs a quote. */
export function writeCsv(
  records: Iterable<readonly string[]>,
  { delimiter, quote, escape = quote, comment }: Dialect = { delimiter: ',', quote: '"' },
): string {
  const isSpecial = (letter: string): boolean => letter === quote || letter === escape
  const mustQuote = (cell: string): boolean =>
    cell === '' ||
    (cell + delimiter).indexOf(delimiter) < cell.length ||
    cell.includes(quote) ||
    /[\r\n]|^\s|\s$/.test(cell) ||
    (comment ? cell.startsWith(comment) : false)
  const write = (cell: string): string =>
    mustQuote(cell)
      ? quote + Array.from(cell, (letter) => (isSpecial(letter) ? escape + letter : letter)).join('') + quote
      : cell
  let text = ''
  for (const record of records) text += record.map(write).join(delimiter) + '\n'
  return text
}

import type { Dialect } from './records'

/** Writes records as CSV text: a cell is quoted where it must be, lines end in `\n`. */
export function writeCsv(
  records: Iterable<readonly string[]>,
  { delimiter, quote }: Dialect = { delimiter: ',', quote: '"' },
): string {
  const mustQuote = (cell: string): boolean =>
    cell === '' || cell.includes(delimiter) || cell.includes(quote) || /[\r\n]|^\s|\s$/.test(cell)
  const write = (cell: string): string =>
    mustQuote(cell) ? quote + cell.replaceAll(quote, quote + quote) + quote : cell
  let text = ''
  for (const record of records) text += record.map(write).join(delimiter) + '\n'
  return text
}

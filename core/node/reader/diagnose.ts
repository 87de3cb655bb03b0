import { readRecords } from '../../data/csv/records'
import type { SniffedCsv } from '../../data/csv/sniff'
import { LabError } from '../../errors/lab-error'

/**
 * Looks for what makes a text no table: the first record with too many or too few cells, or with a quote out of place.
 * @returns the records, header included, when all of them are well
 * @throws LabError `ragged-rows` or `unclosed-quote`, with the row (the header is not counted)
 */
export function checkRecords(text: string, dialect: SniffedCsv, file: string): (readonly string[])[] {
  const { header, width } = dialect
  const records: (readonly string[])[] = []
  for (const { cells, wellFormed } of readRecords(text, dialect)) {
    const row = records.length + (header ? 0 : 1)
    if (!wellFormed) refuseQuote(dialect.quote, row, file)
    if (cells.length !== width) refuseRagged(cells.length, width, header, row, file)
    records.push(cells)
  }
  return records
}

const place = (row: number, file: string) => (row > 0 ? { file, row } : { file })

function refuseRagged(found: number, width: number, header: boolean, row: number, file: string): never {
  throw new LabError({
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

function refuseQuote(quote: string, row: number, file: string): never {
  throw new LabError({
    code: 'unclosed-quote',
    expected: `each opening ${quote} to have a closing one at the end of its cell`,
    came: row > 0 ? 'a cell without it' : 'a header cell without it',
    advice: `Close the quote, or double a ${quote} that belongs to the text.`,
    place: place(row, file),
  })
}

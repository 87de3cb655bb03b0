import type { CsvSettings } from '../../experiment/schema'
import { defaultMissing, missingTest } from '../cells/missing'
import { parseNumber } from '../cells/number'
import { readRecords, type CsvRecord, type Dialect, type LineBreak } from './records'

/** In the order in which they are preferred when several fit equally well: a comma may also be a decimal mark. */
export const triedDelimiters = ['\t', ';', '|', ','] as const

export type SniffedCsv = Dialect & {
  readonly header: boolean
  /** Cells of the first record; 0 for a text without records. */
  readonly width: number
  readonly lineBreak: LineBreak
}

const sampleRecords = 200

/** Finds out delimiter, quote and header from the beginning of a CSV text; what is given is taken as given. */
export function sniffCsv(head: string, given: CsvSettings): SniffedCsv {
  const quote = given.quote ?? sniffQuote(head)
  const delimiter = given.delimiter ?? sniffDelimiter(head, quote)
  const records = firstRecords(head, { delimiter, quote })
  const rows = records.map(({ cells }) => cells)
  const header = given.header ?? sniffHeader(rows, given.missing ?? defaultMissing)
  return { delimiter, quote, header, width: rows[0]?.length ?? 0, lineBreak: records[0]?.lineBreak ?? '\n' }
}

function firstRecords(head: string, dialect: Dialect): CsvRecord[] {
  const records: CsvRecord[] = []
  for (const record of readRecords(head, dialect)) {
    records.push(record)
    if (records.length === sampleRecords) break
  }
  return records
}

/** Single quotes count only where cells both begin and end with one, and no cell begins with a double quote. */
function sniffQuote(head: string): string {
  const opened = (quote: string): number =>
    head.match(new RegExp(`(^|[\\r\\n,;\\t|])${quote}`, 'g'))?.length ?? 0
  const closed = (quote: string): number =>
    head.match(new RegExp(`${quote}($|[\\r\\n,;\\t|])`, 'g'))?.length ?? 0
  const singles = opened("'")
  return singles >= 2 && singles === closed("'") && opened('"') === 0 ? "'" : '"'
}

/** The delimiter with which most records are as wide as the first one. */
function sniffDelimiter(head: string, quote: string): string {
  let best = { delimiter: ',', share: 0 }
  for (const delimiter of triedDelimiters) {
    const records = firstRecords(head, { delimiter, quote })
    const width = records[0]?.cells.length ?? 0
    const share = records.filter(({ cells }) => cells.length === width).length / records.length
    if (width > 1 && share > best.share) best = { delimiter, share }
  }
  return best.delimiter
}

/** The first line is a header unless it holds numbers just where the lines below do. */
function sniffHeader(records: readonly (readonly string[])[], missing: readonly string[]): boolean {
  const [first = [], ...body] = records
  const isMissing = missingTest(missing)
  const filled = (cell: string | undefined): boolean => !isMissing(cell ?? '')
  const isNumber = (cell: string): boolean =>
    !Number.isNaN(parseNumber(cell, '.')) || !Number.isNaN(parseNumber(cell, ','))
  const numeric = first
    .map((_, column) => column)
    .filter((column) => {
      const cells = body.map((record) => record[column] ?? '').filter(filled)
      return cells.length > 0 && cells.every(isNumber)
    })
  if (numeric.some((column) => filled(first[column]) && !isNumber(first[column]!))) return true
  return !first.some((cell) => filled(cell) && isNumber(cell))
}

export interface Dialect {
  readonly delimiter: string
  readonly quote: string
}

export type LineBreak = '\n' | '\r\n' | '\r'

export interface CsvRecord {
  readonly cells: readonly string[]
  /** What ends the record; `\n` at the end of the text. */
  readonly lineBreak: LineBreak
  /** False where the text ended inside quotes, or where something stands between a closing quote and the delimiter. */
  readonly wellFormed: boolean
}

const lineBreak = /[\r\n]/

/**
 * The records of a CSV text (RFC 4180, any line ending; lines of nothing but spaces are left out). Slower than DuckDB,
 * which reads the tables; this one looks at the first lines and finds what is wrong with a file that DuckDB refuses.
 */
export function* readRecords(text: string, dialect: Dialect): Generator<CsvRecord, void, void> {
  let at = 0
  while (at < text.length) {
    const { cells, wellFormed, end } = readRecord(text, at, dialect)
    const lineBreak = lineBreakAt(text, end)
    at = end + lineBreak.length
    if (cells.length > 1 || cells[0]!.trim() !== '') yield { cells, wellFormed, lineBreak }
  }
}

function readRecord(
  text: string,
  start: number,
  dialect: Dialect,
): Omit<CsvRecord, 'lineBreak'> & { end: number } {
  const cells: string[] = []
  let wellFormed = true
  let at = start
  for (;;) {
    const cell = text.startsWith(dialect.quote, at)
      ? readQuoted(text, at, dialect)
      : readPlain(text, at, dialect)
    cells.push(cell.value)
    wellFormed &&= cell.wellFormed
    at = cell.end
    if (text.startsWith(dialect.delimiter, at)) at += dialect.delimiter.length
    else return { cells, wellFormed, end: at }
  }
}

interface Cell {
  readonly value: string
  readonly wellFormed: boolean
  readonly end: number
}

function readPlain(text: string, start: number, { delimiter }: Dialect): Cell {
  let end = start
  while (end < text.length && !lineBreak.test(text[end]!) && !text.startsWith(delimiter, end)) end++
  return { value: text.slice(start, end), wellFormed: true, end }
}

function readQuoted(text: string, start: number, dialect: Dialect): Cell {
  const { quote } = dialect
  let value = ''
  let at = start + 1
  for (;;) {
    const close = text.indexOf(quote, at)
    if (close < 0) return { value: value + text.slice(at), wellFormed: false, end: text.length }
    value += text.slice(at, close)
    at = close + 1
    if (text[at] !== quote) break
    value += quote
    at++
  }
  const rest = readPlain(text, at, dialect)
  return { value, wellFormed: rest.value.trim() === '', end: rest.end }
}

const lineBreakAt = (text: string, at: number): LineBreak =>
  text[at] !== '\r' ? '\n' : text[at + 1] === '\n' ? '\r\n' : '\r'

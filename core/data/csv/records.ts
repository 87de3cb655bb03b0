import type { Dialect } from './dialect'

export interface CsvRecord {
  readonly cells: readonly string[]
  /** False where the text ended inside quotes, or where something stands between a closing quote and the delimiter. */
  readonly wellFormed: boolean
}

const blank = /^[ \t\v\f]*$/

/**
 * The records of a CSV text (RFC 4180, any line ending; lines of nothing but spaces are left out). It looks at the first
 * lines of a file to find out how they are written; the tables themselves are read by the kernel, which tests hold against
 * this one.
 */
export function* readRecords(text: string, dialect: Dialect): Generator<CsvRecord, void, void> {
  let at = 0
  while (at < text.length) {
    if (dialect.comment && text.startsWith(dialect.comment, at)) {
      at = afterLineBreak(text, lineEnd(text, at))
      continue
    }
    const { cells, wellFormed, end } = readRecord(text, at, dialect)
    if (cells.length > 1 || !blank.test(text.slice(at, end))) yield { cells, wellFormed }
    at = afterLineBreak(text, end)
  }
}

function readRecord(text: string, start: number, dialect: Dialect): CsvRecord & { end: number } {
  const cells: string[] = []
  let wellFormed = true
  let at = start
  for (;;) {
    const quoteAt = findQuote(text, at, dialect)
    const cell = quoteAt < 0 ? readPlain(text, at, dialect) : readQuoted(text, quoteAt, dialect)
    cells.push(cell.value)
    wellFormed &&= cell.wellFormed
    at = cell.end
    if (text.startsWith(dialect.delimiter, at)) at += dialect.delimiter.length
    else return { cells, wellFormed, end: at }
  }
}

/** Where the cell's opening quote stands, -1 where it has none. */
function findQuote(text: string, start: number, { quote, delimiter, spaces }: Dialect): number {
  if (quote === '') return -1
  let at = start
  if (spaces === 'skip') while (/[ \t\v\f]/.test(text[at] ?? '') && !text.startsWith(delimiter, at)) at++
  return text.startsWith(quote, at) ? at : -1
}

interface Cell {
  readonly value: string
  readonly wellFormed: boolean
  readonly end: number
}

function readPlain(text: string, start: number, { delimiter }: Dialect): Cell {
  let end = start
  while (end < text.length && !isLineBreak(text[end]!) && !text.startsWith(delimiter, end)) end++
  return { value: text.slice(start, end), wellFormed: true, end }
}

function readQuoted(text: string, start: number, dialect: Dialect): Cell {
  const { quote, escape = quote } = dialect
  let value = ''
  let at = start + 1
  for (;;) {
    const letter = text[at]
    if (letter === undefined) return { value, wellFormed: false, end: text.length }
    const isEscape = letter === escape && (escape !== quote || text[at + 1] === quote)
    if (letter === quote && !isEscape) break
    if (isEscape) at++
    value += text[at] ?? ''
    at++
  }
  const rest = readPlain(text, at + 1, dialect)
  return { value, wellFormed: blank.test(rest.value), end: rest.end }
}

const isLineBreak = (letter: string): boolean => letter === '\n' || letter === '\r'

function lineEnd(text: string, start: number): number {
  let at = start
  while (at < text.length && !isLineBreak(text[at]!)) at++
  return at
}

const afterLineBreak = (text: string, at: number): number =>
  at + (text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1)

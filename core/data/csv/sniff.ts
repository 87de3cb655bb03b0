import type { CsvSettings } from '../../experiment/schema'
import { defaultMissing, missingTest } from '../cells/missing'
import { parseNumber } from '../cells/number'
import type { Dialect } from './dialect'
import { readRecords, type CsvRecord } from './records'

/** In the order in which they are preferred when several fit equally well: a comma may also be a decimal mark. */
export const triedDelimiters = ['\t', ';', '|', ','] as const

export type SniffedCsv = Dialect & {
  readonly header: boolean
  /** Cells of the first record; 0 for a text without records. */
  readonly width: number
  /** Lines at the top that are left out; said where there are any. */
  readonly skip?: number
}

const sampleRecords = 200

/**
 * Finds out how a CSV text is written from its beginning; what is given is taken as given. Escapes, comments, spaces before
 * quotes and title lines at the top are looked for only where the text is no regular table without them.
 */
export function sniffCsv(head: string, given: CsvSettings): SniffedCsv {
  const excel = /^sep=(.)(?:\r\n|\r|\n)/.exec(head)
  if (excel && given.skip === undefined) return sniffBelow(head.slice(excel[0].length), given, excel[1]!)
  const usual = tryDialect(head, given)
  const best = isRegular(usual.records)
    ? usual
    : (findUnusual(head, given) ?? findTitle(head, given) ?? usual)
  const rows = best.records.map(({ cells }) => cells)
  const header = given.header ?? sniffHeader(rows, given.missing ?? defaultMissing)
  return { ...best.dialect, header, width: rows[0]?.length ?? 0, ...(best.skip && { skip: best.skip }) }
}

/** Below the line `sep=;`, which tells Excel the delimiter. */
const sniffBelow = (rest: string, given: CsvSettings, delimiter: string): SniffedCsv => ({
  ...sniffCsv(rest, { delimiter, ...given, skip: 0 }),
  skip: 1,
})

interface Trial {
  readonly dialect: Dialect
  readonly records: readonly CsvRecord[]
  readonly skip?: number
}

function tryDialect(head: string, given: CsvSettings): Trial {
  const { escape, comment, spaces } = given
  const quote = given.quote ?? sniffQuote(head)
  const rest = {
    ...{ quote },
    ...(escape !== undefined && { escape }),
    ...(comment !== undefined && { comment }),
    ...(spaces !== undefined && { spaces }),
  }
  const dialect = { delimiter: given.delimiter ?? sniffDelimiter(head, rest), ...rest }
  return { dialect, records: firstRecords(head, dialect) }
}

/** A table of at least two rows and columns; its last record may be cut off. */
function isRegular(records: readonly CsvRecord[]): boolean {
  const width = records[0]?.cells.length ?? 0
  const whole = records.length > 2 && records.length < sampleRecords ? records.slice(0, -1) : records
  const last = records.at(-1)
  return (
    records.length > 1 &&
    width > 1 &&
    whole.every(({ cells, wellFormed }) => wellFormed && cells.length === width) &&
    (last?.cells.length === width || last?.wellFormed === false)
  )
}

const tells = (settings: CsvSettings, given: CsvSettings): boolean =>
  Object.keys(settings).every((name) => given[name as keyof CsvSettings] === undefined)

/** Each of the settings, and several of them together, the fewest first. */
function combined(single: readonly CsvSettings[]): CsvSettings[] {
  let sets: CsvSettings[] = [{}]
  for (const one of single) sets = [...sets, ...sets.map((set) => ({ ...set, ...one }))]
  const count = (set: CsvSettings): number => Object.keys(set).length
  return sets.slice(1).sort((a, b) => count(a) - count(b))
}

/** The first unusual way of writing that makes the text a table. */
function findUnusual(head: string, given: CsvSettings): Trial | undefined {
  const comments = ['#', '%', '//', '--'].filter((mark) => new RegExp(`^${mark}`, 'm').test(head))
  const single: CsvSettings[] = [
    ...(head.includes('\\') ? [{ escape: '\\' }] : []),
    { spaces: 'skip' },
    ...comments.map((comment) => ({ comment })),
  ]
  return combined(single)
    .filter((settings) => tells(settings, given))
    .map((settings) => tryDialect(head, { ...given, ...settings }))
    .find(({ records }) => isRegular(records))
}

/** So many lines at the top may be a title. */
const longestTitle = 30

/** Lines at the top with at most half as many cells as the table below them. */
function findTitle(head: string, given: CsvSettings): Trial | undefined {
  if (given.skip !== undefined) return undefined
  const lines = /\r\n|\r|\n/g
  for (let skip = 1; skip <= longestTitle && lines.exec(head); skip++) {
    const trial = tryDialect(head.slice(lines.lastIndex), given)
    if (!isRegular(trial.records)) continue
    const width = trial.records[0]!.cells.length
    const title = firstRecords(head.slice(0, lines.lastIndex), trial.dialect)
    return title.every(({ cells }) => cells.length * 2 <= width) ? { ...trial, skip } : undefined
  }
  return undefined
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
function sniffDelimiter(head: string, dialect: Omit<Dialect, 'delimiter'>): string {
  let best = { delimiter: ',', share: 0 }
  for (const delimiter of triedDelimiters) {
    const records = firstRecords(head, { ...dialect, delimiter })
    const width = records[0]?.cells.length ?? 0
    const share = records.filter(({ cells }) => cells.length === width).length / records.length
    if (width > 1 && share > best.share) best = { delimiter, share }
  }
  return best.share > 0
    ? best.delimiter
    : (rareDelimiters.find((rare) => isTable(head, dialect, rare)) ?? ',')
}

/** They stand in texts, times and long numbers as well, and so count only where nothing else splits the lines. */
const rareDelimiters = [' ', ':'] as const

/** Names over numbers, in every line as many; but not numbers such as 1 234, which hold a space themselves. */
function isTable(head: string, dialect: Omit<Dialect, 'delimiter'>, delimiter: string): boolean {
  const records = firstRecords(head, { ...dialect, delimiter })
  const [names = [], ...body] = records.map(({ cells }) => cells)
  const isNumber = (cell: string): boolean => !Number.isNaN(parseNumber(cell, '.'))
  return (
    body.length > 1 &&
    isRegular(records) &&
    names.every((name) => name.trim() !== '' && !isNumber(name)) &&
    names.some((_, column) => body.every((cells) => isNumber(cells[column] ?? '0'))) &&
    !body.every((cells) => isNumber(cells.join(delimiter)))
  )
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

import { LabError, type HelpPage } from '../errors/lab-error'
import type { ColumnSettings } from '../experiment/schema'
import { halfPair, yesNoPair } from './cells/boolean'
import { isDate, readDates } from './cells/date'
import { missingTest } from './cells/missing'
import { reworkNumbers, rewriteCells } from './cells/rewrite'
import { parseNumber, type DecimalMark, type NumberMarks } from './cells/number'
import { keptUnreadable, type FileColumn, type NumberCells, type RawColumn, type Unreadable } from './raw'
import {
  isCoded,
  type BaseType,
  type CodedColumn,
  type Column,
  type ColumnType,
  type NumericColumn,
} from './table'
import { isIdentifier } from './identifier'
import { byCodePoint } from './text-order'

export interface TypingSettings extends NumberMarks {
  /** Cells that count as missing. */
  readonly missing: readonly string[]
}

/** A raw column with its cells cleaned: what typing decides on. */
interface Cells {
  readonly raw: RawColumn
  readonly settings: TypingSettings
  readonly rule: UnreadableRule
  /** Distinct cells that are not missing, without spaces around them, in the order of their first row. */
  readonly words: readonly string[]
  /** Raw level -> index into `words`, -1 for missing. */
  readonly wordOf: Int32Array
  /** Rows that are not missing. */
  readonly filled: number
}

/** What becomes of cells that are not of the type asked for. */
export type UnreadableRule = NonNullable<ColumnSettings['unreadable']>

/** What an experiment says of single cells of a column: how they are read, and what becomes of those that cannot be. */
export type CellRules = Pick<ColumnSettings, 'unreadable' | 'reading'>

const chosen = 'You chose this type.'

/**
 * Gives a column its type: the one asked for, or else the one that all its filled cells allow, with the reason.
 * @param rules how cells are read; and for numbers and dates that were asked for, what becomes of cells that are none
 * @throws LabError `not-a-number`, `not-a-date`, `ambiguous-date` or `not-yes-no` when a cell does not fit the type asked for
 */
export function typeColumn(
  column: FileColumn,
  settings: TypingSettings,
  wanted?: ColumnType,
  { unreadable = 'error', reading }: CellRules = {},
): Column {
  return reworkNumbers(readColumn(column, settings, wanted, unreadable, reading), reading)
}

function readColumn(
  column: FileColumn,
  settings: TypingSettings,
  wanted: ColumnType | undefined,
  rule: UnreadableRule,
  reading: CellRules['reading'],
): Column {
  if ('values' in column) return typeNumbers(column, settings, wanted, rule)
  const rewritten = rewriteCells(column, reading, settings)
  // Any cell can name a row, so that none is unreadable.
  if (wanted === 'identifier') return nameRows(cleanCells(rewritten, settings, 'error'))
  const cells = cleanCells(rewritten, settings, wanted ? rule : 'error')
  if (!wanted) return proposeNature(proposeType(cells))
  const isWord = rule === 'text' && hasStranger[wanted]?.(cells)
  return isWord ? proposeNature(proposeType(cells)) : readAs[wanted](cells, chosen)
}

/** Numbers and words as they are, so that 007 stays what it is; of days and yes/no only the words can name a row. */
function nameRows(cells: Cells): Column {
  const column = proposeType(cells)
  const held = isCoded(column) || column.type === 'number' ? column : coded(cells, 'text', chosen)
  return { ...held, nature: 'identifier', reason: chosen }
}

/** A column that nobody has given a type, with what its numbers or words are beyond it. */
export function proposeNature(column: Column): Column {
  const rows = (isCoded(column) ? column.codes : column.values).length
  if (isIdentifier(column, rows)) return { ...column, nature: 'identifier' }
  return column.type === 'number' && areWhole(column.values) ? { ...column, nature: 'integer' } : column
}

/** A column that was read as numbers already. */
function typeNumbers(
  { name, values, filled, unreadable }: NumberCells,
  settings: TypingSettings,
  wanted: ColumnType | undefined,
  rule: UnreadableRule,
): Column {
  const [stranger] = unreadable.cells
  if (stranger && rule === 'error')
    refuseCell(name, stranger.row, stranger.cell.trim(), notANumber(settings.decimal))
  if (!wanted && filled === 0) return emptyColumn(name, values.length)
  const reason = wanted ? chosen : numbersReason(filled, values)
  const column: NumericColumn = { name, type: 'number', values, reason, ...(stranger && { unreadable }) }
  if (!wanted) return proposeNature(column)
  if (wanted === 'integer') return onlyWhole(column, rule)
  return wanted === 'identifier' ? { ...column, nature: wanted } : column
}

/** Integers: what has decimals is unreadable, as words are. */
function onlyWhole(column: NumericColumn, rule: UnreadableRule): NumericColumn {
  const integers: NumericColumn = { ...column, nature: 'integer' }
  if (areWhole(column.values)) return integers
  const cells = [...(column.unreadable?.cells ?? [])]
  let count = column.unreadable?.count ?? 0
  const values = column.values.map((value, row) => {
    if (Number.isNaN(value) || Number.isInteger(value)) return value
    if (rule !== 'missing') refuseCell(column.name, row + 1, String(value), notWhole)
    count++
    if (cells.length < 2 * keptUnreadable) cells.push({ row: row + 1, cell: String(value) })
    return NaN
  })
  const first = cells.sort((a, b) => a.row - b.row).slice(0, keptUnreadable)
  return { ...integers, values, unreadable: { count, cells: first } }
}

const emptyColumn = (name: string, rows: number): CodedColumn => ({
  ...{ name, type: 'text', codes: new Int32Array(rows).fill(-1), levels: [] },
  reason: 'Every cell is missing.',
})

function numbersReason(filled: number, values: Float64Array): string {
  return `All ${plural(filled, 'filled cell')} are ${areWhole(values) ? 'whole ' : ''}numbers.`
}

/** Whether all numbers that are not missing are whole. */
export function areWhole(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++)
    if (Math.trunc(values[i]!) < values[i]! || Math.trunc(values[i]!) > values[i]!) return false
  return true
}

function cleanCells(raw: RawColumn, settings: TypingSettings, rule: UnreadableRule): Cells {
  const isMissing = missingTest(settings.missing)
  const { words, place } = raw.levels.every((level) => level === level.trim()) ? plainWords() : trimmedWords()
  const wordOf = new Int32Array(raw.levels.length)
  raw.levels.forEach((level, i) => (wordOf[i] = isMissing(level) ? -1 : place(level)))
  let filled = 0
  for (let row = 0; row < raw.codes.length; row++) if (wordOf[raw.codes[row]!]! >= 0) filled++
  return { raw, settings, rule, words, wordOf, filled }
}

interface WordList {
  readonly words: string[]
  /** Where the cell's word stands in `words`; it is added if it is new. */
  readonly place: (cell: string) => number
}

/** For distinct cells without spaces around them. */
function plainWords(): WordList {
  const words: string[] = []
  return { words, place: (cell) => words.push(cell) - 1 }
}

/** For distinct cells that may become the same word once the spaces around them are gone. */
function trimmedWords(): WordList {
  const words: string[] = []
  const places = new Map<string, number>()
  const place = (cell: string): number => {
    const word = cell.trim()
    const known = places.get(word)
    if (known !== undefined) return known
    places.set(word, words.length)
    return words.push(word) - 1
  }
  return { words, place }
}

const plural = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`

function proposeType(cells: Cells): Column {
  const { words, filled } = cells
  if (words.length === 0) return readAs.text(cells, 'Every cell is missing.')
  const pair = words.length === 2 ? yesNoPair(words[0]!, words[1]!) : yesNoSpellings(words)
  if (pair) return readAs.boolean(cells, `Only "${pair[0]}" and "${pair[1]}" occur.`)
  const { parsed, stranger } = parseNumbers(cells)
  if (stranger === undefined) return numberColumn(cells, parsed, numbersReason(filled, parsed))
  const dates = isDate(words[0]!) ? readDates(words) : undefined
  if (dates?.formats.length === 1)
    return readAs.date(cells, `All ${plural(filled, 'filled cell')} are dates, written ${dates.formats[0]}.`)
  const words_ = wordsReason(cells, stranger, dates?.formats ?? [])
  return isCategory(words.length, filled)
    ? readAs.category(
        cells,
        `${plural(words.length, 'different value')} in ${plural(filled, 'row')}${words_}.`,
      )
    : readAs.text(
        cells,
        `${plural(words.length, 'different value')} in ${plural(filled, 'row')}, too many for categories${words_}.`,
      )
}

/** The words as numbers, up to the first that is none unless such words are only counted. */
function parseNumbers({ words, settings, rule }: Cells): { parsed: Float64Array; stranger?: string } {
  const parsed = new Float64Array(words.length)
  for (let i = 0; i < words.length; i++) {
    parsed[i] = parseNumber(words[i]!, settings.decimal, settings.thousands)
    if (Number.isNaN(parsed[i]!) && rule !== 'missing') return { parsed, stranger: words[i]! }
  }
  return { parsed }
}

const numberColumn = (cells: Cells, parsed: Float64Array, reason: string): NumericColumn => ({
  name: cells.raw.name,
  type: 'number',
  values: spread(cells, parsed),
  reason,
  ...unreadableOf(cells, parsed),
})

/** "Yes", "yes" and "no" together are still yes and no. */
function yesNoSpellings(words: readonly string[]): readonly [string, string] | undefined {
  if (words.length > 6) return undefined
  const spellings = [...new Set(words.map((word) => word.toLowerCase()))]
  return spellings.length === 2 ? yesNoPair(spellings[0]!, spellings[1]!) : undefined
}

/** Few values for the number of rows: at most 20 with some of them repeated, or each five times on average. */
const isCategory = (distinct: number, filled: number): boolean =>
  (distinct <= 20 && distinct <= 0.9 * filled) ||
  distinct === 1 ||
  (distinct <= 200 && distinct <= 0.2 * filled)

/** What kept a column of mostly numbers or dates from being one. */
function wordsReason(cells: Cells, stranger: string, dateFormats: readonly string[]): string {
  if (dateFormats.length > 1) return `; dates that may be ${dateFormats.join(' or ')}`
  const { raw, wordOf, words, settings } = cells
  let numbers = 0
  const isNumber = words.map((word) => !Number.isNaN(parseNumber(word, settings.decimal, settings.thousands)))
  if (!isNumber.includes(true)) return ''
  for (const code of raw.codes) if (isNumber[wordOf[code]!]) numbers++
  if (numbers < cells.filled / 2) return ''
  return `; not numbers, as row ${rowOf(cells, stranger)} holds "${stranger}"`
}

/** First row (from 1) whose cell is this word. */
function rowOf({ raw, wordOf, words }: Cells, word: string): number {
  const code = words.indexOf(word)
  return raw.codes.findIndex((level) => wordOf[level] === code) + 1
}

const readAs: Record<BaseType | 'integer', (cells: Cells, reason: string) => Column> = {
  integer: (cells, reason) => {
    const column = readAs.number(cells, reason) as NumericColumn
    return onlyWhole(column, cells.rule)
  },
  number: (cells, reason) => {
    const { parsed } = parseNumbers(cells)
    refuseNaN(cells, parsed, notANumber(cells.settings.decimal))
    return numberColumn(cells, parsed, reason)
  },
  date: (cells, reason) => {
    const some = cells.rule === 'missing' ? cells.words.filter(isDate) : cells.words
    const dates = readDates(some)
    if (dates.formats.length > 1) refuseAmbiguous(cells, dates.formats)
    const parsed = cells.words.map((word) =>
      dates.formats.length ? dates.parse(word) : isDate(word) ? 0 : NaN,
    )
    refuseNaN(cells, parsed, notADate)
    if (some.length && !dates.formats.length) refuseMixed(cells)
    const values = spread(cells, parsed)
    return { name: cells.raw.name, type: 'date', values, reason, ...unreadableOf(cells, parsed) }
  },
  boolean: readBoolean,
  category: (cells, reason) => coded(cells, 'category', reason),
  text: (cells, reason) => coded(cells, 'text', reason),
}

/** Whether a column asked for as numbers or dates has words that are none. */
const hasStranger: Partial<Record<ColumnType, (cells: Cells) => boolean>> = {
  number: (cells) => parseNumbers(cells).stranger !== undefined,
  integer: (cells) => {
    const { parsed, stranger } = parseNumbers(cells)
    return stranger !== undefined || !areWhole(parsed)
  },
  date: ({ words }) => !words.every(isDate),
}

/** The rows of words that have no value; nothing where all have. */
function unreadableOf({ raw, wordOf, words }: Cells, parsed: ArrayLike<number>): { unreadable?: Unreadable } {
  if (words.every((_, i) => !Number.isNaN(parsed[i]!))) return {}
  const cells: { row: number; cell: string }[] = []
  let count = 0
  raw.codes.forEach((code, row) => {
    const word = wordOf[code]!
    if (word < 0 || !Number.isNaN(parsed[word]!)) return
    if (count++ < keptUnreadable) cells.push({ row: row + 1, cell: raw.levels[code]! })
  })
  return { unreadable: { count, cells } }
}

/** One value for each word -> one for each row; missing cells are NaN. */
function spread({ raw, wordOf }: Cells, parsed: ArrayLike<number>): Float64Array {
  const values = new Float64Array(raw.codes.length)
  const byLevel = Float64Array.from(wordOf, (word) => (word < 0 ? NaN : parsed[word]!))
  for (let row = 0; row < values.length; row++) values[row] = byLevel[raw.codes[row]!]!
  return values
}

function coded(cells: Cells, type: CodedColumn['type'], reason: string): CodedColumn {
  const { raw, words, wordOf } = cells
  const levels = [...words].sort(byCodePoint)
  const place = new Map(levels.map((level, i) => [level, i]))
  const byLevel = wordOf.map((word) => (word < 0 ? -1 : place.get(words[word]!)!))
  const codes = new Int32Array(raw.codes.length)
  for (let row = 0; row < codes.length; row++) codes[row] = byLevel[raw.codes[row]!]!
  return { name: raw.name, type, codes, levels, reason }
}

/** Any two values can be yes and no; known words decide which is which, else the order of their letters does. */
function readBoolean(cells: Cells, reason: string): NumericColumn {
  const { words, raw } = cells
  const sorted = [...words].sort(byCodePoint)
  const spelt = yesNoSpellings(words)
  const labels =
    sorted.length === 2
      ? (yesNoPair(sorted[0]!, sorted[1]!) ?? ([sorted[0]!, sorted[1]!] as const))
      : (spelt ?? (sorted.length === 1 ? halfPair(sorted[0]!) : undefined))
  if (!labels) refuseBoolean(cells)
  const yes = labels[1].toLowerCase()
  const caseMatters = labels[0].toLowerCase() === yes
  const isYes = (word: string): boolean => (caseMatters ? word === labels[1] : word.toLowerCase() === yes)
  const parsed = words.map((word) => (isYes(word) ? 1 : 0))
  return { name: raw.name, type: 'boolean', values: spread(cells, parsed), labels, reason }
}

type Expected = Pick<HelpPage, 'code' | 'expected'>

const notANumber = (decimal: DecimalMark): Expected => ({
  code: 'not-a-number',
  expected: `a number, with "${decimal}" before decimals`,
})

const notWhole: Expected = { code: 'not-whole', expected: 'a whole number' }

const notADate: Expected = { code: 'not-a-date', expected: 'a date such as 2024-12-31 or 31.12.2024' }

function refuseNaN(cells: Cells, parsed: ArrayLike<number>, expected: Expected): void {
  const bad = cells.rule === 'missing' ? -1 : cells.words.findIndex((_, i) => Number.isNaN(parsed[i]!))
  if (bad < 0) return
  const word = cells.words[bad]!
  refuseCell(cells.raw.name, rowOf(cells, word), word, expected)
}

function refuseCell(column: string, row: number, word: string, expected: Expected): never {
  throw new LabError({
    ...expected,
    came: `"${word}"`,
    advice: 'Correct the cell, list it among the missing markers, or choose another type for the column.',
    place: { column, row },
  })
}

function refuseAmbiguous(cells: Cells, formats: readonly string[]): never {
  throw new LabError({
    code: 'ambiguous-date',
    expected: 'dates that can be read in one way only',
    came: `"${cells.words[0]}", which may be ${formats.join(' or ')}`,
    advice: 'Write the dates as year-month-day, such as 2024-12-31.',
    place: { column: cells.raw.name },
  })
}

/** Every cell is a date, but no one way of writing fits them all. */
function refuseMixed(cells: Cells): never {
  const odd = cells.words.findIndex((_, i) => readDates(cells.words.slice(0, i + 1)).formats.length === 0)
  throw new LabError({
    code: 'not-a-date',
    expected: `dates written like "${cells.words[0]}"`,
    came: `"${cells.words[odd]}"`,
    advice: 'Write all dates of the column in the same way.',
    place: { column: cells.raw.name, row: rowOf(cells, cells.words[odd]!) },
  })
}

function refuseBoolean(cells: Cells): never {
  const { words } = cells
  const some = words.slice(0, 4).map((word) => `"${word}"`)
  throw new LabError({
    code: 'not-yes-no',
    expected: 'two different values, such as yes and no',
    came:
      words.length === 0
        ? 'only missing cells'
        : `${plural(words.length, 'value')}: ${some.join(', ')}${words.length > 4 ? ', …' : ''}`,
    advice: 'Choose the type category, or correct the cells.',
    place: { column: cells.raw.name },
  })
}

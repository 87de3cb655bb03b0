import { decideDecimal } from '../../../data/cells/decimal'
import { defaultMissing, missingTest } from '../../../data/cells/missing'
import { parseNumber, type NumberMarks } from '../../../data/cells/number'
import type { CellKind } from './kernel-settings'
import { sniffCsv, type SniffedCsv } from '../../../data/csv/sniff'
import type { FileColumn, RawColumn } from '../../../data/raw'
import { type LabError } from '../../../errors/lab-error'
import type { CsvSettings, FoundCsv } from '../../../experiment/schema'
import { usualThreads } from '../../threads/count'
import { collectOdd } from './collect-odd'
import { readHead } from './head'
import { nameColumns } from './name-columns'
import { readColumns, type Cells } from './read-columns'
import { mostColumns, refuseNoRows, refuseOneColumn, refuseWide, raggedRows } from './refuse'
import { surveyFile, type Layout } from './survey'
import type { Utf8File } from './utf8-file'

/**
 * How a column is to be read: as numbers, whatever some cells say; as words; or as numbers if all its cells are such, else
 * as words.
 */
export type ColumnWish = 'numbers' | 'words' | 'guess'

export interface ReadCsv {
  readonly columns: FileColumn[]
  /** All settings but the encoding: what was given, and what was found out. */
  readonly csv: Omit<FoundCsv, 'encoding'>
  /** The first rows, as they stand in the file. */
  readonly head: readonly RawColumn[]
}

/** What may be set for tests: pieces and threads. */
export interface ReadingPace {
  readonly pieceBytes?: number
  readonly threads?: number
}

/** So many bytes are read by each thread. */
const threadBytes = 4 << 20
const usualPiece = 1 << 18

interface Table {
  readonly file: Utf8File
  readonly sniffed: SniffedCsv
  readonly threads: number
  readonly names: readonly string[]
  /** Of the rows below the header. */
  readonly layout: Layout
}

/**
 * Reads the columns of a file of UTF-8 text.
 * @param wish how each column is to be read, by its name
 * @throws NotUtf8, or LabError `not-text`, `unclosed-quote`, `ragged-rows`, `long-record`, `too-many-columns`,
 *   `one-column`, `no-rows`, `file-changed`
 */
export async function readCsv(
  file: Utf8File,
  csv: CsvSettings,
  wish: (name: string) => ColumnWish,
  { pieceBytes, threads = threadsFor(file.size) }: ReadingPace = {},
): Promise<ReadCsv> {
  const start = readHead(file, csv)
  const sniffed = { ...sniffCsv(start.text, csv), ...(start.skip > 0 && { skip: start.skip }) }
  if (sniffed.width === 0) refuseNoRows(file.name, 'nothing but empty lines')
  if (sniffed.width > mostColumns) refuseWide(file.name, sniffed.width)
  const from = start.lineStart(sniffed.skip ?? 0)
  const whole = await surveyFile(file, sniffed, from, sniffed.header ? 0 : 1, pieceBytes ?? usualPiece)
  const first = await readFirst(file, sniffed, whole)
  const { names, head } = nameColumns(first, sniffed.header)
  // Alone it is a table for someone who knows its column, as a network that reads nothing but a text does.
  if (names.length === 1 && wish(names[0]!) === 'guess')
    refuseOneColumn(file.name, sniffed.delimiter, csv.delimiter)
  const table = {
    file,
    sniffed,
    threads,
    names,
    layout: sniffed.header ? await below(file, sniffed, whole) : whole,
  }
  if (table.layout.rows === 0) refuseNoRows(file.name, 'a header without rows')
  const { columns, decimal } = await readBody(table, head, csv, wish)
  return { columns, csv: settle(csv, sniffed, decimal), head }
}

const threadsFor = (bytes: number): number =>
  Math.max(1, Math.min(usualThreads(), Math.ceil(bytes / threadBytes)))

/** Delimiter and the like are always told; what few files need only where it is not as usual. */
function settle(csv: CsvSettings, sniffed: SniffedCsv, decimal: '.' | ','): ReadCsv['csv'] {
  const { delimiter, quote, header, escape, comment, spaces, skip } = sniffed
  return {
    ...{ delimiter, decimal, quote, header, missing: csv.missing ?? [...defaultMissing] },
    ...(escape !== undefined && { escape }),
    ...(comment !== undefined && { comment }),
    ...(spaces !== undefined && { spaces }),
    ...(skip !== undefined && { skip }),
    ...(csv.thousands !== undefined && { thousands: csv.thousands }),
  }
}

/** The cells at the beginning of the file, the header's included: what types and decimal mark are guessed from. */
async function readFirst(
  file: Utf8File,
  sniffed: SniffedCsv,
  { cuts, firstRows }: Layout,
): Promise<RawColumn[]> {
  const enough = Math.max(
    1,
    firstRows.findIndex((rows) => rows > 2),
  )
  const layout = {
    cuts: cuts.slice(0, enough + 1),
    firstRows: firstRows.slice(0, enough + 1),
    rows: firstRows[enough] ?? 0,
  }
  const kinds = new Array<CellKind>(sniffed.width).fill('words')
  const settings = { dialect: sniffed, decimal: '.', missing: [], kinds } as const
  const cells = await readColumns(
    file,
    layout,
    settings,
    1,
    collectOdd(() => 'drop'),
    (row, found) => raggedAt(sniffed, file.name, sniffed.header ? row : row + 1, found),
  )
  return cells.map((column) => ({ ...(column as Omit<RawColumn, 'name'>), name: '' }))
}

/** The layout without the header. */
async function below(file: Utf8File, sniffed: SniffedCsv, layout: Layout): Promise<Layout> {
  const header = await surveyFile(file, sniffed, layout.cuts[0]!, 0, layout.cuts[1]! - layout.cuts[0]!, 1)
  const cuts = layout.cuts.slice()
  cuts[0] = header.cuts[1]!
  return { cuts, firstRows: layout.firstRows.map((row) => Math.max(0, row - 1)), rows: layout.rows - 1 }
}

async function readBody(
  table: Table,
  head: readonly RawColumn[],
  csv: CsvSettings,
  wish: (name: string) => ColumnWish,
): Promise<{ columns: FileColumn[]; decimal: '.' | ',' }> {
  const missing = csv.missing ?? defaultMissing
  const decimal = csv.decimal ?? decideDecimal(head, missing, table.sniffed.delimiter)
  const marks = { decimal, thousands: csv.thousands }
  const guess = guesser(missing, marks)
  const wishes = table.names.map(wish)
  const kinds = wishes.map((wished, i): CellKind =>
    wished === 'words' || (wished === 'guess' && !guess(head[i]!)) ? 'words' : 'number',
  )
  const odd = collectOdd((column, cell) => (isMissing(cell) ? NaN : numberOr(cell, marks, wishes[column]!)))
  const isMissing = missingTest(missing)
  const first = await readKinds(table, { decimal, missing, kinds }, odd)
  const again = first.map((cells): CellKind => (cells ? 'skip' : 'words'))
  const second = again.includes('words')
    ? await readKinds(table, { decimal, missing, kinds: again }, odd)
    : []
  const columns = table.names.map((name, i) =>
    toColumn(name, first[i] ?? second[i], table.layout.rows, odd.unreadable(i)),
  )
  const better = csv.decimal ?? decideAgain(columns, head, missing, table.sniffed.delimiter, again)
  return better === decimal ? { columns, decimal } : readBody(table, head, { ...csv, decimal: better }, wish)
}

/** Cells that were no numbers may tell more of the decimal mark than the beginning of the file did. */
function decideAgain(
  columns: readonly FileColumn[],
  head: readonly RawColumn[],
  missing: readonly string[],
  delimiter: string,
  again: readonly CellKind[],
): '.' | ',' {
  const seen = columns.map((column, i) => (again[i] === 'words' && 'levels' in column ? column : head[i]!))
  return decideDecimal(seen, missing, delimiter)
}

const numberOr = (cell: string, marks: NumberMarks, wish: ColumnWish): number | 'drop' | 'unreadable' => {
  const value = parseNumber(cell, marks.decimal, marks.thousands)
  return Number.isNaN(value) ? (wish === 'numbers' ? 'unreadable' : 'drop') : value
}

/** Tells whether the cells of a column may all be numbers. */
function guesser(
  missing: readonly string[],
  { decimal, thousands }: NumberMarks,
): (column: RawColumn) => boolean {
  const isMissing = missingTest(missing)
  return ({ levels }) =>
    levels.every((cell) => isMissing(cell) || !Number.isNaN(parseNumber(cell.trim(), decimal, thousands)))
}

const readKinds = (
  { file, layout, sniffed, threads }: Table,
  settings: { decimal: '.' | ','; missing: readonly string[]; kinds: readonly CellKind[] },
  odd: ReturnType<typeof collectOdd>,
): Promise<Cells[]> =>
  readColumns(file, layout, { dialect: sniffed, ...settings }, threads, odd, (row, found) =>
    raggedAt(sniffed, file.name, row + 1, found),
  )

const raggedAt = ({ width, header }: SniffedCsv, file: string, row: number, found: number): LabError =>
  raggedRows(found, width, header, row, file)

function toColumn(
  name: string,
  cells: Cells,
  rows: number,
  unreadable: ReturnType<ReturnType<typeof collectOdd>['unreadable']>,
): FileColumn {
  if (cells && 'codes' in cells) return { name, ...cells }
  return { name, values: cells!.values, filled: rows - cells!.missing, unreadable }
}

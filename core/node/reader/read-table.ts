import { basename } from 'node:path'
import { decideDecimal } from '../../data/cells/decimal'
import { defaultMissing, missingTest } from '../../data/cells/missing'
import { sniffCsv, triedDelimiters, type SniffedCsv } from '../../data/csv/sniff'
import { rawCell, type RawColumn } from '../../data/raw'
import type { ColumnType, Table } from '../../data/table'
import { typeColumn } from '../../data/typing'
import { LabError } from '../../errors/lab-error'
import type { CsvSettings } from '../../experiment/schema'
import { checkRecords } from './diagnose'
import { codeRecords, readCells, type CodedCells } from './duckdb-cells'
import { decodeFile, findEncoding, readHead, type FoundEncoding } from './encoding'
import { checkFile } from './file-check'
import { withTemporaryFile } from './temporary-file'

export interface ReadTable {
  readonly table: Table
  /** Complete: what was given, and what was found out. */
  readonly csv: Required<CsvSettings>
  /** The first rows (at most 200) as they stand in the file; null is a missing cell. */
  readonly rows: readonly (readonly (string | null)[])[]
}

const previewRows = 200

/**
 * Reads a CSV file into typed columns. What `csv` leaves out is found out from the file; `types` fixes types of columns.
 * @throws LabError `file-missing`, `file-is-folder`, `file-empty`, `file-unreadable`, `not-text`, `undecodable`,
 *   `one-column`, `ragged-rows`, `unclosed-quote`, `no-rows`, or those of `typeColumn`
 */
export async function readTable(
  path: string,
  csv: CsvSettings = {},
  types: Readonly<Record<string, ColumnType>> = {},
): Promise<ReadTable> {
  const { columns, csv: settings } = await readRaw(path, csv)
  const typed = columns.map((column) => typeOne(column, settings, types[column.name], path))
  const rowCount = columns[0]!.codes.length
  const isMissing = missingTest(settings.missing)
  const shown = (cell: string): string | null => (isMissing(cell) ? null : cell)
  const rows = Array.from({ length: Math.min(rowCount, previewRows) }, (_, row) =>
    columns.map((column) => shown(rawCell(column, row))),
  )
  return { table: { name: basename(path), rowCount, columns: typed }, csv: settings, rows }
}

function typeOne(
  column: RawColumn,
  settings: Required<CsvSettings>,
  type: ColumnType | undefined,
  file: string,
) {
  try {
    return typeColumn(column, settings, type)
  } catch (error) {
    throw error instanceof LabError ? error.at({ file }) : error
  }
}

/** The cells of a CSV file as they are written, and the settings that they were read with. */
export async function readRaw(
  path: string,
  csv: CsvSettings,
): Promise<{ columns: RawColumn[]; csv: Required<CsvSettings> }> {
  await checkFile(path)
  const head = await readHead(path)
  const found = await findEncoding(path, head, csv.encoding)
  const sniffed = sniffCsv(await decodeHead(path, found), csv)
  if (sniffed.width === 0) refuseNoRows(path, 'nothing but empty lines')
  if (sniffed.width === 1) refuseOneColumn(path, sniffed, csv.delimiter)
  const cells = await readFound(path, found, sniffed)
  const columns = nameColumns(cells, sniffed.header)
  if (columns[0]!.codes.length === 0) refuseNoRows(path, 'a header without rows')
  return { columns, csv: settle(csv, sniffed, found, columns) }
}

function settle(
  csv: CsvSettings,
  { delimiter, quote, header }: SniffedCsv,
  { encoding }: FoundEncoding,
  columns: readonly RawColumn[],
): Required<CsvSettings> {
  const missing = csv.missing ?? [...defaultMissing]
  const decimal = csv.decimal ?? decideDecimal(columns, missing, delimiter)
  return { delimiter, decimal, quote, encoding, header, missing }
}

/** The beginning of the file as text, without a last line that may be cut off. */
async function decodeHead(path: string, found: FoundEncoding): Promise<string> {
  const pieces = decodeFile(path, found)
  const { value: text } = await pieces.next()
  const { done } = await pieces.next()
  await pieces.return()
  if (!text) return ''
  return done ? text : text.slice(0, Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1)
}

/** DuckDB reads plain UTF-8 as it is, other encodings from a copy. */
async function readFound(path: string, found: FoundEncoding, sniffed: SniffedCsv): Promise<CodedCells[]> {
  try {
    if (found.encoding === 'utf-8') return await readCells(path, sniffed)
    return await withTemporaryFile('copy.csv', decodeFile(path, found), (copy) => readCells(copy, sniffed))
  } catch (error) {
    if (isRefusal(error)) return readIrregular(path, found, sniffed)
    throw error
  }
}

/** DuckDB's way to say that the text is no strict CSV; whatever else it throws is not about the file's form. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error && !(error instanceof LabError) && error.message.startsWith('Invalid Input Error')

/** For a file that DuckDB refuses: mixed line endings and spaces after quotes do no harm, the rest is told with its row. */
async function readIrregular(path: string, found: FoundEncoding, sniffed: SniffedCsv): Promise<CodedCells[]> {
  let text = ''
  for await (const piece of decodeFile(path, found)) text += piece
  return codeRecords(checkRecords(text, sniffed, path), sniffed.width)
}

/** Takes names from the header, makes them differ, and gives columns without one their number. */
function nameColumns(cells: readonly CodedCells[], header: boolean): RawColumn[] {
  const taken = new Set<string>()
  return cells.map(({ levels, codes }, i) => {
    const wanted = (header ? levels[codes[0]!]!.trim() : '') || `column_${i + 1}`
    let name = wanted
    for (let copy = 2; taken.has(name); copy++) name = `${wanted}_${copy}`
    taken.add(name)
    return header ? { name, ...withoutFirst(levels, codes) } : { name, levels, codes }
  })
}

/** The header's cell is level 0; it goes, unless a row says the same. */
function withoutFirst(levels: readonly string[], codes: Int32Array): Omit<RawColumn, 'name'> {
  const body = codes.slice(1)
  if (body.includes(0)) return { levels, codes: body }
  return { levels: levels.slice(1), codes: body.map((code) => code - 1) }
}

function refuseNoRows(file: string, came: string): never {
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

function refuseOneColumn(file: string, { delimiter }: SniffedCsv, given?: string): never {
  const tried = given === undefined ? triedDelimiters : [delimiter]
  throw new LabError({
    code: 'one-column',
    expected: 'at least two columns, one to predict and one to predict it from',
    came: `one column; tried as delimiter: ${tried.map((mark) => delimiterNames[mark] ?? `"${mark}"`).join(', ')}`,
    advice: 'Set the delimiter that the file uses in the CSV settings, or choose a table with more columns.',
    place: { file },
  })
}

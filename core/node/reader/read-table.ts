import { basename } from 'node:path'
import { needsWords } from '../../data/cells/rewrite'
import { missingTest } from '../../data/cells/missing'
import { rawCell, type FileColumn, type RawColumn } from '../../data/raw'
import type { Column, ColumnType, Table } from '../../data/table'
import { typeColumn, type CellRules } from '../../data/typing'
import { LabError } from '../../errors/lab-error'
import type { CsvSettings, FoundCsv } from '../../experiment/schema'
import { readCsv, type ColumnWish, type ReadCsv } from './csv/read-csv'
import { checkFile } from './file-check'
import { withUtf8 } from './with-utf8'

export interface ReadTable {
  readonly table: Table
  /** Complete: what was given, and what was found out. */
  readonly csv: FoundCsv
  /** The first rows (at most 200) as they stand in the file; null is a missing cell. */
  readonly rows: readonly (readonly (string | null)[])[]
}

/** What is to be done with single cells, by the column's name. */
export type ColumnRules = Readonly<Record<string, CellRules>>

const previewRows = 200

/**
 * Reads a CSV file into typed columns. What `csv` leaves out is found out from the file; `types` fixes types of columns.
 * @throws LabError `file-missing`, `file-is-folder`, `file-empty`, `file-unreadable`, `undecodable`, or those of `readCsv`
 *   and `typeColumn`
 */
export async function readTable(
  path: string,
  csv: CsvSettings = {},
  types: Readonly<Record<string, ColumnType>> = {},
  rules: ColumnRules = {},
): Promise<ReadTable> {
  const wish = (name: string): ColumnWish => wishFor(types[name], rules[name])
  const { columns, csv: settings, head } = await readFile(path, csv, wish)
  const typed = columns.map((column) => {
    const { name } = column
    return inFile(path, () => typeColumn(column, settings, types[name], rules[name]))
  })
  const rowCount = lengthOf(columns[0]!)
  return {
    table: { name: basename(path), rowCount, columns: typed },
    csv: settings,
    rows: firstRows(head, settings.missing),
  }
}

/** Numbers that were asked for are read as such, so that each cell that is none is found; what is read by rules is words first. */
function wishFor(
  type: ColumnType | undefined,
  { unreadable: rule = 'error', reading }: CellRules = {},
): ColumnWish {
  if (reading && needsWords(reading)) return 'words'
  if (type === undefined || type === 'identifier') return 'guess'
  if (type === 'integer') return rule === 'text' ? 'words' : 'numbers'
  return type !== 'number' ? 'words' : rule === 'text' ? 'guess' : 'numbers'
}

const lengthOf = (column: FileColumn): number =>
  'values' in column ? column.values.length : column.codes.length

function inFile(file: string, make: () => Column): Column {
  try {
    return make()
  } catch (error) {
    throw error instanceof LabError ? error.at({ file }) : error
  }
}

function firstRows(head: readonly RawColumn[], missing: readonly string[]): (string | null)[][] {
  const isMissing = missingTest(missing)
  const shown = (cell: string): string | null => (isMissing(cell) ? null : cell)
  return Array.from({ length: Math.min(lengthOf(head[0]!), previewRows) }, (_, row) =>
    head.map((column) => shown(rawCell(column, row))),
  )
}

/** The cells of a CSV file as they are written, and the settings that they were read with. */
export async function readRaw(
  path: string,
  csv: CsvSettings,
): Promise<{ columns: RawColumn[]; csv: FoundCsv }> {
  const { columns, csv: settings } = await readFile(path, csv, () => 'words')
  return { columns: columns as RawColumn[], csv: settings }
}

type ReadFile = Omit<ReadCsv, 'csv'> & { readonly csv: FoundCsv }

async function readFile(
  path: string,
  csv: CsvSettings,
  wish: (name: string) => ColumnWish,
): Promise<ReadFile> {
  await checkFile(path)
  return withUtf8(path, csv.encoding, async (file, encoding) => {
    const read = await readCsv(file, csv, wish)
    return { ...read, csv: { ...read.csv, encoding } }
  })
}

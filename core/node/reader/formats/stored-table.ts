import { basename } from 'node:path'
import { decideDecimal } from '../../../data/cells/decimal'
import { needsWords, reworkNumbers } from '../../../data/cells/rewrite'
import { defaultMissing, missingTest } from '../../../data/cells/missing'
import { rawCell, type RawColumn } from '../../../data/raw'
import { retypeColumn } from '../../../data/retype'
import { isCoded, type CodedColumn, type Column, type ColumnType } from '../../../data/table'
import { proposeNature, typeColumn, type TypingSettings, type CellRules } from '../../../data/typing'
import { LabError } from '../../../errors/lab-error'
import type { CsvSettings } from '../../../experiment/schema'
import type { ColumnRules } from '../read-table'
import type { FileTable } from './format'
import type { StoredColumn } from './column-collector'

const previewRows = 200

/**
 * Makes a table of columns from a format that knows types. Numbers, yes/no and dates are what the file says; text is
 * looked at as the cells of a CSV file are, so that days or numbers written as text are found.
 * @throws LabError `no-rows`, `one-column`, or those of `typeColumn`
 */
export function storedTable(
  stored: readonly StoredColumn[],
  path: string,
  csv: CsvSettings,
  types: Readonly<Record<string, ColumnType>>,
  rules: ColumnRules = {},
): FileTable {
  const rowCount = stored[0] ? lengthOf(stored[0]) : 0
  if (rowCount === 0) refuse('no-rows', 'at least one row', 'a table without rows', path)
  if (stored.length === 1 && types[stored[0]!.name] === undefined)
    refuse(
      'one-column',
      'at least two columns, one to predict and one to predict it from',
      'one column',
      path,
    )
  const texts = stored.flatMap((column) => (column.kind === 'text' ? [column.raw] : []))
  const missing = csv.missing ?? [...defaultMissing]
  const settings = {
    decimal: csv.decimal ?? decideDecimal(texts, missing, ','),
    missing,
    ...(csv.thousands !== undefined && { thousands: csv.thousands }),
  }
  const columns = stored.map((column) =>
    typed(column, settings, types[column.name], rules[column.name], path),
  )
  const cells = stored.map((column) => cellsOf(column, missing))
  const rows = Array.from({ length: Math.min(rowCount, previewRows) }, (_, row) =>
    cells.map((cell) => cell(row)),
  )
  return {
    table: { name: basename(path), rowCount, columns },
    csv: settings,
    rows,
    cell: (row, column) => cells[column]!(row),
  }
}

/** Names without spaces around them that all differ; a column without a name has its number. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((given, i) => {
    const wanted = given.trim() || `column_${i + 1}`
    let name = wanted
    for (let copy = 2; taken.has(name); copy++) name = `${wanted}_${copy}`
    taken.add(name)
    return name
  })
}

const lengthOf = (column: StoredColumn): number =>
  column.kind === 'text' ? column.raw.codes.length : column.values.length

const reasons = {
  number: 'The file stores numbers.',
  boolean: 'The file stores true and false.',
  date: 'The file stores dates.',
}

function typed(
  stored: StoredColumn,
  settings: TypingSettings,
  wanted: ColumnType | undefined,
  rules: CellRules | undefined,
  file: string,
): Column {
  try {
    if (stored.kind === 'text') return typeColumn(stored.raw, settings, wanted, rules)
    const { kind: type, name, values } = stored
    const labels = ['false', 'true'] as const
    const column = { name, type, values, reason: reasons[type], ...(type === 'boolean' && { labels }) }
    const kept = reworkNumbers(column, rules?.reading)
    if (rules?.reading && needsWords(rules.reading))
      return typeColumn(asWritten(kept), settings, wanted, rules)
    if (!wanted) return proposeNature(kept)
    if (wanted !== 'integer' || isCoded(kept) || type !== 'number') return retypeColumn(kept, wanted)
    const unreadable = { count: 0, cells: [] }
    return typeColumn(
      { name, values: kept.values, filled: values.length, unreadable },
      settings,
      wanted,
      rules,
    )
  } catch (error) {
    throw error instanceof LabError ? error.at({ file }) : error
  }
}

/** Stored values as words, for rules that are about words. */
function asWritten(column: Column): RawColumn {
  const { name, codes, levels } = retypeColumn(column, 'category') as CodedColumn
  return { name, codes: codes.map((code) => code + 1), levels: ['', ...levels] }
}

/** What the preview shows of a column's rows. */
function cellsOf(column: StoredColumn, missing: readonly string[]): (row: number) => string | null {
  if (column.kind === 'text') {
    const isMissing = missingTest(missing)
    return (row) => {
      const cell = rawCell(column.raw, row)
      return isMissing(cell) ? null : cell
    }
  }
  const { kind, values } = column
  return (row) => (Number.isNaN(values[row]!) ? null : written[kind](values[row]!))
}

/** How values without a text of their own are written. */
export const written = {
  number: String,
  boolean: (value: number): string => String(value === 1),
  date: (days: number): string => {
    const text = new Date(Math.round(days * 86_400_000)).toISOString()
    return Number.isInteger(days) ? text.slice(0, 10) : text.replace(/(\.000)?Z$/, '')
  },
}

function refuse(code: string, expected: string, came: string, file: string): never {
  throw new LabError({
    code,
    expected,
    came,
    advice: 'Choose a file that holds a table with rows and columns.',
    place: { file },
  })
}

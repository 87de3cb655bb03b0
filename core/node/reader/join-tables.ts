import { basename } from 'node:path'
import { keptUnreadable, type RawColumn } from '../../data/raw'
import { sourceName } from '../../data/source-list'
import { isCoded, type CodedColumn, type Column, type ColumnType, type NumericColumn } from '../../data/table'
import { proposeNature, typeColumn, type CellRules, type TypingSettings } from '../../data/typing'
import { LabError } from '../../errors/lab-error'
import { placeInPart, type TablePart } from '../../data/table-parts'
import { readFile, type FileSettings, type ReadFile } from './formats/read-file'

const previewRows = 200

/**
 * Several files of one shape as one table: the rows of each file after those of the one before, columns matched by
 * name. What is found out about delimiter, encoding and so on in the first file holds for all.
 * @throws LabError `columns-differ` with file and column, or those of `readFile`; rows are those of the file named
 */
export async function readFiles(paths: readonly string[], settings: FileSettings): Promise<ReadFile> {
  const [path = ''] = paths
  const { types = {} } = settings
  if (paths.length === 1) return readFile(path, settings)
  const perFile = { ...settings, types: readableAlone(types) }
  const first = await readFile(path, perFile)
  const files = [first]
  for (const next of paths.slice(1)) {
    const read = await readFile(next, followFirst(perFile, first))
    checkColumns(read, first, next)
    files.push(read)
  }
  const parts = paths.map((file, i) => ({ file, rows: files[i]!.table.rowCount }))
  const joined = await joinColumns(paths, files, perFile, types, parts)
  const rowCount = parts.reduce((sum, { rows }) => sum + rows, 0)
  const table = { name: sourceName([...paths], basename), rowCount, columns: joined, parts }
  const rows = files.flatMap((file) => inOrder(file, first)).slice(0, previewRows)
  const isOneFormat = files.every(({ format }) => format === first.format)
  return { table, csv: first.csv, rows, ...(isOneFormat && { format: first.format }) }
}

/** Whether two words are yes and no, or how days are written, shows only when all files are seen. */
const readableAlone = (types: Readonly<Record<string, ColumnType>>): Record<string, ColumnType> =>
  Object.fromEntries(
    Object.entries(types).map(([name, type]) => [
      name,
      type === 'boolean' || type === 'date' ? 'category' : type,
    ]),
  )

const followFirst = (settings: FileSettings, first: ReadFile): FileSettings =>
  first.format === 'csv' ? { ...settings, csv: first.csv } : settings

function checkColumns({ table }: ReadFile, first: ReadFile, file: string): void {
  const names = table.columns.map(({ name }) => name)
  const expected = first.table.columns.map(({ name }) => name)
  const absent = expected.find((name) => !names.includes(name))
  const extra = names.find((name) => !expected.includes(name))
  const column = absent ?? extra
  if (column === undefined) return
  throw new LabError({
    code: 'columns-differ',
    expected: `the columns of ${first.table.name} in every file`,
    came: absent === undefined ? `a further column "${column}"` : `no column "${column}"`,
    advice: 'Give the column the same name in every file, or open the files one by one.',
    place: { file, column },
  })
}

const columnOf = ({ table }: ReadFile, name: string): Column =>
  table.columns.find((column) => column.name === name)!

function inOrder(file: ReadFile, first: ReadFile): (string | null)[][] {
  const places = first.table.columns.map(({ name }) =>
    file.table.columns.findIndex((column) => column.name === name),
  )
  return file.rows.map((row) => places.map((place) => row[place]!))
}

/** Columns that all files read alike are put together; the words of the others are looked at once more, all together. */
async function joinColumns(
  paths: readonly string[],
  files: readonly ReadFile[],
  settings: FileSettings,
  types: Readonly<Record<string, ColumnType>>,
  parts: readonly TablePart[],
): Promise<Column[]> {
  const [first] = files
  const names = first!.table.columns.map(({ name }) => name)
  const odd = names.filter((name) => !canJoin(files.map((file) => columnOf(file, name))))
  const asWords = { ...settings.types, ...Object.fromEntries(odd.map((name) => [name, 'category' as const])) }
  const again = odd.length === 0 ? files : await rereadAll(paths, files, { ...settings, types: asWords })
  const typing = { decimal: '.', missing: [], ...first!.csv } satisfies TypingSettings
  return names.map((name) => {
    const columns = again.map((file) => columnOf(file, name)).filter(hasWords)
    const wanted = types[name]
    if (columns.every((column) => !isCoded(column)) && columns.length > 0)
      return natureOf(joinNumbers(again.map((file) => columnOf(file, name))), wanted)
    return placeInPart(parts, () =>
      typeColumn(joinWords(name, again), typing, wanted, ruleForWords(settings, name)),
    )
  })
}

/** Each file's cells are read by their rules already. */
const ruleForWords = ({ rules }: FileSettings, name: string): CellRules => {
  const unreadable = rules?.[name]?.unreadable
  return unreadable ? { unreadable } : {}
}

async function rereadAll(
  paths: readonly string[],
  files: readonly ReadFile[],
  settings: FileSettings,
): Promise<ReadFile[]> {
  const again: ReadFile[] = []
  for (const path of paths) again.push(await readFile(path, followFirst(settings, files[0]!)))
  return again
}

/** Not so for a column whose every cell is missing: it goes with any other. */
const hasWords = (column: Column): boolean => !isCoded(column) || column.levels.length > 0

function canJoin(columns: readonly Column[]): boolean {
  const [first, ...others] = columns.filter(hasWords)
  if (!first) return true
  if (isCoded(first)) return others.every(isCoded)
  return others.every((other) => other.type === first.type && String(other.labels) === String(first.labels))
}

function joinNumbers(columns: readonly Column[]): NumericColumn {
  const filled = columns.find((column): column is NumericColumn => !isCoded(column))!
  const rows = columns.reduce((sum, column) => sum + lengthOf(column), 0)
  const values = new Float64Array(rows)
  let at = 0
  for (const column of columns) {
    if (isCoded(column)) values.fill(NaN, at, at + lengthOf(column))
    else values.set(column.values, at)
    at += lengthOf(column)
  }
  return { ...filled, values, reason: reasonOf(filled, columns.length), ...joinUnreadable(columns) }
}

/** Whether all numbers are whole shows only when all files are seen. */
const natureOf = (column: NumericColumn, wanted: ColumnType | undefined): Column =>
  wanted === undefined ? proposeNature({ ...column, nature: undefined }) : column

/** The unreadable cells of all files, with the rows that they have in the joined table. */
function joinUnreadable(columns: readonly Column[]): Pick<NumericColumn, 'unreadable'> {
  const cells: { row: number; cell: string }[] = []
  let [count, before] = [0, 0]
  for (const column of columns) {
    const found = isCoded(column) ? undefined : column.unreadable
    for (const { row, cell } of found?.cells ?? []) cells.push({ row: before + row, cell })
    count += found?.count ?? 0
    before += lengthOf(column)
  }
  return count > 0 ? { unreadable: { count, cells: cells.slice(0, keptUnreadable) } } : {}
}

const reasonOf = ({ type, reason }: NumericColumn, files: number): string =>
  reason.startsWith('You chose') || reason.startsWith('The file')
    ? reason
    : `All filled cells of ${files} files are ${{ number: 'numbers', boolean: 'yes or no', date: 'dates' }[type]}.`

const lengthOf = (column: Column): number => (isCoded(column) ? column.codes : column.values).length

/** The words of all files as they would stand in one. */
function joinWords(name: string, files: readonly ReadFile[]): RawColumn {
  const columns = files.map((file) => columnOf(file, name) as CodedColumn)
  const places = new Map([['', 0]])
  const codes = new Int32Array(columns.reduce((sum, column) => sum + lengthOf(column), 0))
  let at = 0
  for (const column of columns) {
    const place = column.levels.map((level) => {
      const known = places.get(level) ?? places.size
      places.set(level, known)
      return known
    })
    for (const code of column.codes) codes[at++] = code < 0 ? 0 : place[code]!
  }
  return { name, codes, levels: [...places.keys()] }
}

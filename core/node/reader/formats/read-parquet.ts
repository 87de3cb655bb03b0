import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api'
import { LabError } from '../../../errors/lab-error'
import { ColumnCollector, type StoredCell, type StoredColumn } from './column-collector'
import { unglob, withLockedDatabase } from '../locked-database'
import type { FormatReader } from './format'
import { distinctNames, storedTable } from './stored-table'

/** A column of the file as it is asked of the database. */
interface Asked {
  readonly name: string
  readonly kind: 'number' | 'boolean' | 'date' | 'text'
  /** SQL that gives a double, a boolean or a text. */
  readonly expression: string
}

/**
 * Reads a Parquet file with the types that it stores; the database is loaded when the first is read.
 * @throws LabError `broken-parquet`, `nested-cell` for columns of lists and the like, or those of `storedTable`
 */
export const readParquet: FormatReader = async (path, csv, types, rules) => {
  const stored = await withLockedDatabase(path, async (connection) => {
    const file = unglob(path)
    const asked = await guarded(path, () => askFor(connection, file, path))
    const list = asked.map(({ expression }) => expression).join(', ')
    const query = `SELECT ${list} FROM read_parquet($1)`
    return guarded(path, async () => collect(await connection.stream(query, [file]), asked))
  })
  return storedTable(stored, path, csv, types, rules)
}

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`

const numbers = /^(U?(TINYINT|SMALLINT|INTEGER)|FLOAT|DOUBLE|DECIMAL.*)$/
/** Whole numbers that may have more digits than a double. */
const longNumbers = /^U?(BIGINT|HUGEINT)$/
const dates = /^(DATE|TIMESTAMP.*)$/
const nested = /\[\d*\]$|^(STRUCT|MAP|UNION|BLOB|BIT|GEOMETRY|VARIANT)/

async function askFor(connection: DuckDBConnection, file: string, path: string): Promise<Asked[]> {
  const found = await connection.runAndReadAll('DESCRIBE SELECT * FROM read_parquet($1)', [file])
  const asked: Asked[] = []
  for (const row of found.getRows()) {
    const [name, type] = [String(row[0]), String(row[1])]
    if (nested.test(type)) refuseNested(name, type, path)
    asked.push(await askColumn(connection, file, name, type))
  }
  return asked
}

async function askColumn(
  connection: DuckDBConnection,
  file: string,
  name: string,
  type: string,
): Promise<Asked> {
  const cell = identifier(name)
  if (type === 'BOOLEAN') return { name, kind: 'boolean', expression: cell }
  if (dates.test(type)) return { name, kind: 'date', expression: `epoch_us(${cell}) / 86400e6` }
  const exact = !longNumbers.test(type) || (await fitsDouble(connection, file, cell))
  if (exact && (numbers.test(type) || longNumbers.test(type)))
    return { name, kind: 'number', expression: `CAST(${cell} AS DOUBLE)` }
  return { name, kind: 'text', expression: `CAST(${cell} AS VARCHAR)` }
}

/** Longer ones are names of things, and would no longer differ as numbers. */
async function fitsDouble(connection: DuckDBConnection, file: string, cell: string): Promise<boolean> {
  const limit = Number.MAX_SAFE_INTEGER
  const query = `SELECT coalesce(min(${cell}) >= -${limit} AND max(${cell}) <= ${limit}, true) FROM read_parquet($1)`
  const [row] = (await connection.runAndReadAll(query, [file])).getRows()
  return row?.[0] === true
}

async function collect(result: DuckDBResult, asked: readonly Asked[]): Promise<StoredColumn[]> {
  const columns = asked.map(() => new ColumnCollector())
  for (;;) {
    const chunk = await result.fetchChunk()
    const rows = chunk?.rowCount ?? 0
    if (!chunk || rows === 0) break
    columns.forEach((column, i) => {
      const vector = chunk.getColumnVector(i)
      for (let row = 0; row < rows; row++) {
        const cell = vector.getItem(row) as StoredCell
        column.add(typeof cell === 'number' && !Number.isFinite(cell) ? null : cell)
      }
    })
  }
  const names = distinctNames(asked.map(({ name }) => name))
  return columns.map((column, i) => ofKind(column.finish(names[i]!), asked[i]!.kind))
}

/** Days came as numbers; a column of nothing but missing cells is text. */
const ofKind = (column: StoredColumn, kind: Asked['kind']): StoredColumn =>
  column.kind === 'number' && kind === 'date' ? { ...column, kind } : column

async function guarded<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof LabError) throw error
    const said = error instanceof Error ? error.message : String(error)
    throw new LabError({
      code: 'broken-parquet',
      expected: 'a whole Parquet file',
      came: /magic|too small|footer/i.test(said)
        ? 'one that does not begin and end as Parquet does'
        : said.split('\n')[0]!.replaceAll(file, 'the file'),
      advice: 'Copy or download the file again, or write it anew without encryption.',
      place: { file },
    })
  }
}

function refuseNested(column: string, type: string, file: string): never {
  throw new LabError({
    code: 'nested-cell',
    expected: 'a number, text, date, true or false in every cell',
    came: `a column of type ${type.length > 60 ? `${type.slice(0, 59)}…` : type}`,
    advice: 'Give each value inside a column of its own, or leave the column out.',
    place: { file, column },
  })
}

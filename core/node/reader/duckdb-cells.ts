import { DuckDBInstance, type DuckDBConnection, type DuckDBResult } from '@duckdb/node-api'
import type { LineBreak } from '../../data/csv/records'
import type { SniffedCsv } from '../../data/csv/sniff'

/** Cells of a file column by column: each distinct cell once, in the order of its first row, and a code for each row. */
export interface CodedCells {
  readonly levels: string[]
  readonly codes: Int32Array
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A path in which the characters that DuckDB takes for wildcards stand for themselves. */
export const unglob = (path: string): string => path.replace(/[[*?]/g, '[$&]')

/** As DuckDB wants them written: a backslash and a letter. */
const lineBreaks: Readonly<Record<LineBreak, string>> = { '\n': '\\n', '\r\n': '\\r\\n', '\r': '\\r' }

/** Two threads are enough for a table, and leave the machine to the window. */
const lockedDown = {
  threads: '2',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
}

/** Lets `use` work with a database in memory that may open one file, loads no extension and reaches no network. */
export async function withLockedDatabase<T>(
  path: string,
  use: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', lockedDown)
  const connection = await instance.connect()
  try {
    await connection.run(`SET allowed_paths = [${literal(path)}, ${literal(unglob(path))}]`)
    await connection.run('SET enable_external_access = false')
    await connection.run('SET lock_configuration = true')
    return await use(connection)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/**
 * All records of a CSV file in UTF-8 as text cells, the header line included.
 * @throws Error with DuckDB's own words when the file is not one strict table of `dialect.width` columns
 */
export async function readCells(path: string, dialect: SniffedCsv): Promise<CodedCells[]> {
  const { width, delimiter, lineBreak } = dialect
  const names = Array.from({ length: width }, (_, i) => `'c${i}': 'VARCHAR'`).join(', ')
  const quote = literal(dialect.quote)
  const query = `SELECT * FROM read_csv($1, auto_detect = false, header = false, skip = 0, columns = {${names}},
    delim = ${literal(delimiter)}, quote = ${quote}, escape = ${quote}, new_line = '${lineBreaks[lineBreak]}',
    compression = 'none')`
  return withLockedDatabase(path, async (connection) =>
    collect(await connection.stream(query, [unglob(path)]), width),
  )
}

async function collect(result: DuckDBResult, width: number): Promise<CodedCells[]> {
  const columns = Array.from({ length: width }, () => new CellCollector())
  for (;;) {
    const chunk = await result.fetchChunk()
    const rows = chunk?.rowCount ?? 0
    if (!chunk || rows === 0) return columns.map((column) => column.finish())
    columns.forEach((column, i) => {
      const vector = chunk.getColumnVector(i)
      column.grow(rows)
      for (let row = 0; row < rows; row++) column.add((vector.getItem(row) as string | null) ?? '')
    })
  }
}

/** The same from records at hand. */
export function codeRecords(records: readonly (readonly string[])[], width: number): CodedCells[] {
  return Array.from({ length: width }, (_, i) => {
    const column = new CellCollector()
    column.grow(records.length)
    for (const record of records) column.add(record[i]!)
    return column.finish()
  })
}

/** Numbers the distinct cells of one column. */
class CellCollector {
  private readonly places = new Map<string, number>()
  private codes = new Int32Array(2048)
  private length = 0

  /** Makes room for so many more cells. */
  grow(count: number): void {
    if (this.length + count <= this.codes.length) return
    const wider = new Int32Array(Math.max(this.codes.length * 2, this.length + count))
    wider.set(this.codes)
    this.codes = wider
  }

  add(cell: string): void {
    let code = this.places.get(cell)
    if (code === undefined) {
      code = this.places.size
      this.places.set(cell, code)
    }
    this.codes[this.length++] = code
  }

  finish(): CodedCells {
    return { levels: [...this.places.keys()], codes: this.codes.slice(0, this.length) }
  }
}

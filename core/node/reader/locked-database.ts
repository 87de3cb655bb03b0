import type { DuckDBConnection } from '@duckdb/node-api'

export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A path in which the characters that DuckDB takes for wildcards stand for themselves. */
export const unglob = (path: string): string => path.replace(/[[*?]/g, '[$&]')

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
  // Its library is large, and most files are read without it.
  const { DuckDBInstance } = await import('@duckdb/node-api')
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

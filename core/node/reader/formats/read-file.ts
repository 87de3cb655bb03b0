import { basename } from 'node:path'
import type { ColumnType } from '../../../data/table'
import { LabError } from '../../../errors/lab-error'
import type { CsvSettings, TableFormat } from '../../../experiment/schema'
import { readHead } from '../encoding'
import { checkFile } from '../file-check'
import { readTable, type ColumnRules } from '../read-table'
import { recognizeFormat, type FileTable, type FormatReader } from './format'
import { isGzip, withUnpacked } from './gzip'
import { whileUnchanged } from './while-unchanged'
import { jsonReader } from './read-json'
import { readParquet } from './read-parquet'

/** How a file is to be read; what is left out is found out from the file. */
export interface FileSettings {
  readonly format?: TableFormat | undefined
  readonly csv?: CsvSettings | undefined
  readonly types?: Readonly<Record<string, ColumnType>> | undefined
  readonly rules?: ColumnRules | undefined
}

/** A table with the format of the file that it came from; several files of different formats have none in common. */
export interface ReadFile extends FileTable {
  readonly format?: TableFormat
}

const readers: Readonly<Record<TableFormat, FormatReader>> = {
  csv: readTable,
  json: jsonReader(false),
  jsonl: jsonReader(true),
  parquet: readParquet,
}

/**
 * Reads a table from a file of any format, plain or packed with gzip.
 * @throws LabError for what is no file or no table, with the file's name
 */
export const readFile = (
  path: string,
  { format, csv = {}, types = {}, rules = {} }: FileSettings = {},
): Promise<ReadFile> =>
  withPlain(path, async (plain) => {
    const found = format ?? recognizeFormat(await readHead(plain), plain)
    const read = await readers[found](plain, csv, types, rules)
    return { ...read, table: { ...read.table, name: basename(path) }, format: found }
  })

/** Lets `use` work with a file as it is, or with what is packed in it. @throws LabError for what is no file */
export async function withPlain<T>(path: string, use: (plain: string) => Promise<T>): Promise<T> {
  await checkFile(path)
  const isPacked = isGzip(await readHead(path))
  return whileUnchanged(path, () =>
    !isPacked
      ? use(path)
      : withUnpacked(path, async (plain) => {
          await checkFile(plain)
          if (isGzip(await readHead(plain))) refuseTwice(plain)
          return use(plain)
        }),
  )
}

function refuseTwice(file: string): never {
  throw new LabError({
    code: 'packed-file',
    expected: 'a table inside the gzip file',
    came: 'a gzip file once more',
    advice: 'Unpack it once and open what comes out.',
    place: { file },
  })
}

import { rawCell } from '../../data/raw'
import type { ColumnType } from '../../data/table'
import type { CsvSettings } from '../../experiment/schema'
import { recognizeFormat } from './formats/format'
import { readFile, withPlain } from './formats/read-file'
import { readHead } from './encoding'
import { readRaw } from './read-table'

export interface WrittenCells {
  readonly names: readonly string[]
  /** A cell as it is written in the file, or as it would be where the format has no text for it. */
  readonly cell: (row: number, column: number) => string
  readonly csv: CsvSettings
}

/** All cells of a file as text, so that they can be written again; `types` as far as columns are known. @throws LabError as `readFile` does */
export const readWritten = (
  path: string,
  csv: CsvSettings,
  types: Readonly<Record<string, ColumnType>>,
): Promise<WrittenCells> =>
  withPlain(path, async (plain) => {
    if (recognizeFormat(await readHead(plain), plain) === 'csv') {
      const raw = await readRaw(plain, csv)
      const names = raw.columns.map(({ name }) => name)
      return { names, cell: (row, column) => rawCell(raw.columns[column]!, row), csv: raw.csv }
    }
    const { table, cell, csv: found } = await readFile(plain, { csv, types })
    const names = table.columns.map(({ name }) => name)
    return { names, cell: (row, column) => cell?.(row, column) ?? '', csv: found }
  })

import { LabError } from '../errors/lab-error'

/** One of the files that a table was put together from. */
export interface TablePart {
  readonly file: string
  readonly rows: number
}

/** The file that a row of the whole table (from 1) stands in, and its number there. */
export function partOfRow(
  parts: readonly TablePart[],
  row: number,
): { file: string; row: number } | undefined {
  let before = 0
  for (const { file, rows } of parts) {
    if (row <= before + rows) return { file, row: row - before }
    before += rows
  }
  return undefined
}

/** Lets `work` work on a table; a help page that names one of its rows names the file and the row there. @throws what `work` throws */
export function placeInPart<T>(parts: readonly TablePart[] | undefined, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof LabError) || error.place.row === undefined || !parts) throw error
    const place = { ...error.place, ...partOfRow(parts, error.place.row) }
    throw new LabError({ ...error.toPage(), place })
  }
}

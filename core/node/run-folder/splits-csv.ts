import { splitNames, type PreparedData, type SplitName } from '../../data/prepared'

/**
 * `splits.csv`: one line for each row of the table that takes part, in the table's order: `row, split`. Rows of data count
 * from 1, the header is not one of them. Rows that were left out, such as those without a target, are not listed.
 */
export function splitsCsv({ splits, fileRows }: Pick<PreparedData, 'splits' | 'fileRows'>): string {
  const places = new Array<SplitName | undefined>(fileRows.length)
  for (const name of splitNames) for (const row of splits[name]) places[row] = name
  const lines = places.map((name, row) => `${fileRows[row]},${name}\n`)
  return `row,split\n${lines.join('')}`
}

import { splitNames, type PreparedData } from '../../data/prepared'

/** Rows that become text at once: a string for each row of a large table would take more memory than the table. */
const BLOCK = 10_000

/**
 * `splits.csv`: one line for each row of the table that takes part, in the table's order: `row, split`. Rows of data count
 * from 1, the header is not one of them. Rows that were left out, such as those without a target, are not listed.
 */
export function splitsCsv({ splits, fileRows }: Pick<PreparedData, 'splits' | 'fileRows'>): string {
  const places = new Uint8Array(fileRows.length)
  splitNames.forEach((name, place) => {
    for (const row of splits[name]) places[row] = place
  })
  const line = (row: number): string => `${fileRows[row]},${splitNames[places[row]!]}\n`
  const blocks = Array.from({ length: Math.ceil(fileRows.length / BLOCK) }, (_, block) => {
    const from = block * BLOCK
    return Array.from({ length: Math.min(BLOCK, fileRows.length - from) }, (_, i) => line(from + i)).join('')
  })
  return `row,split\n${blocks.join('')}`
}

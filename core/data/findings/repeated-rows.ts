import { isCoded } from '../table'
import type { Finding } from './finding'
import { shownRows } from './finding'
import type { FindingKind } from './kind'
import type { Scene } from './scene'
import { percent, plural } from './words'

/** Rows that say the same as an earlier one, features and target alike. */
export const repeatedRows: FindingKind = {
  code: 'repeated-rows',
  label: 'rows that occur more than once',
  find: (scene) => {
    if (!areRepeatsRare(scene)) return []
    const { rows, twins, target } = scene
    const firsts = twins()
    const cells = isCoded(target) ? target.codes : target.values
    const repeated: number[] = []
    for (let i = 0; i < rows.length; i++)
      if (firsts[i] !== i && cells[rows[firsts[i]!]!] === cells[rows[i]!]) repeated.push(rows[i]! + 1)
    if (repeated.length === 0) return []
    const share = repeated.length / rows.length
    const page: Finding = {
      code: 'repeated-rows',
      severity: share > 0.05 ? 'warning' : 'note',
      expected: 'each row once',
      came: `${plural(repeated.length, 'row')} (${percent(share)}) that repeat an earlier one in every feature and the target, first row ${repeated[0]}`,
      advice:
        'If they are the same case twice, keep only the first. If they are different cases, ignore this.',
      columns: [],
      rows: repeated.slice(0, shownRows),
      fix: { label: 'Keep only the first of repeated rows', change: { repeats: 'first' } },
    }
    return [page]
  },
}

/** With few columns of few values each, rows are alike by chance, and that says nothing. */
export function areRepeatsRare({ features, rows, table }: Scene): boolean {
  let combinations = 1
  for (const { column } of features) {
    combinations *= isCoded(column) ? column.levels.length : distinctUpTo(column.values, 10_000)
    if (combinations > rows.length * 50) return true
  }
  return table.rowCount === 0
}

function distinctUpTo(values: Float64Array, most: number): number {
  const seen = new Set<number>()
  for (const value of values) {
    seen.add(value)
    if (seen.size >= most) break
  }
  return seen.size
}

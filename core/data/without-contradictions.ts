import type { ResolvedColumn } from './columns'
import { groupRows } from './group-rows'
import type { Splits } from './split'

/**
 * The splits without those training rows that are alike in every feature and differ in their class. Only training rows are
 * looked at, and only they are left out.
 * @param rows of the table; splits and classes go by their places [rows.length]
 */
export function withoutContradictions(
  splits: Splits,
  features: readonly ResolvedColumn[],
  rows: Uint32Array,
  classes: ArrayLike<number>,
): Splits {
  const { train } = splits
  const firsts = groupRows(
    features.map(({ column }) => column),
    train.map((place) => rows[place]!),
  )
  const torn = new Set<number>()
  train.forEach((place, i) => {
    if (classes[place] !== classes[train[firsts[i]!]!]) torn.add(firsts[i]!)
  })
  return { ...splits, train: train.filter((_, i) => !torn.has(firsts[i]!)) }
}

import { LabError } from '../errors/lab-error'
import type { SplitSettings } from '../experiment/schema'
import { createRandom } from '../random/create-random'
import type { Random } from '../random/random'
import type { RowsToSplit } from './prepare'
import { groupByClass } from './split'

export interface FoldSettings {
  /** How many; at least 2. */
  readonly folds: number
  /** Strategy and seed of the folds, and how much of each fold's training rows validates. */
  readonly split: SplitSettings
  /** The group of a row of the table, never torn between folds; goes before the strategy. */
  readonly group?: (tableRow: number) => string
}

/**
 * The fold 0 .. folds-1 of each row; every row is in exactly one. Sizes differ by at most one row, and with `stratified`
 * those of each class do too (Kohavi 1995, section 2.2). Groups stay whole: the largest go first, each to the smallest fold.
 * @throws LabError `bad-folds` where there are fewer rows or groups than folds
 */
export function assignFolds(rows: RowsToSplit, { folds, split, group }: FoldSettings): Uint32Array {
  const random = createRandom(split.seed).split('folds')
  if (folds < 2) refuse(`${folds}`, 'at least 2 folds')
  if (rows.count < folds) refuse(`${folds} folds of ${rows.count} rows`, 'at least one row for each fold')
  if (group) return wholeGroups(groupsOf(rows, group), rows.count, folds, random)
  if (split.strategy === 'sequential')
    return Uint32Array.from({ length: rows.count }, (_, i) => Math.floor((i * folds) / rows.count))
  return deal(dealingOrder(rows, split, random), folds)
}

/** Rows one by one to the folds in turn. */
function deal(order: readonly number[], folds: number): Uint32Array {
  const places = new Uint32Array(order.length)
  order.forEach((row, i) => (places[row] = i % folds))
  return places
}

function dealingOrder(
  { count, classes }: RowsToSplit,
  { strategy }: SplitSettings,
  random: Random,
): number[] {
  if (strategy !== 'stratified' || !classes) return [...random.permutation(count)]
  return groupByClass(count, classes).flatMap(([label, rows]) =>
    [...random.split(label).permutation(rows.length)].map((place) => rows[place]!),
  )
}

/** Rows of each group, in the order in which they come first. */
export function groupsOf(
  { count, tableRows }: Pick<RowsToSplit, 'count' | 'tableRows'>,
  group: (tableRow: number) => string,
): number[][] {
  const groups = new Map<string, number[]>()
  for (let row = 0; row < count; row++) {
    const name = group(tableRows[row]!)
    const known = groups.get(name)
    if (known) known.push(row)
    else groups.set(name, [row])
  }
  return [...groups.values()]
}

function wholeGroups(groups: readonly number[][], count: number, folds: number, random: Random): Uint32Array {
  if (groups.length < folds)
    refuse(`${folds} folds of ${groups.length} groups`, 'at least one group for each fold')
  const shuffled = [...random.permutation(groups.length)].map((place) => groups[place]!)
  const places = new Uint32Array(count)
  const sizes = Array.from({ length: folds }, () => 0)
  for (const rows of shuffled.sort((a, b) => b.length - a.length)) {
    const fold = sizes.indexOf(Math.min(...sizes))
    sizes[fold]! += rows.length
    for (const row of rows) places[row] = fold
  }
  return places
}

function refuse(came: string, expected: string): never {
  throw new LabError({
    code: 'bad-folds',
    expected,
    came,
    advice: 'Take fewer folds; 5 and 10 are usual. Each leaves its own rows out of the training once.',
    place: { path: 'data.split' },
  })
}

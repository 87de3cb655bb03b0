import { LabError } from '../../errors/lab-error'
import type { Random } from '../../random/random'
import { isCoded, type Column } from '../table'
import { balanceGroups } from './balance-groups'
import { blocksOf } from './key-blocks'
import type { RowsToShare, SplitKind } from './split-kind'

/** Rows of one group stay together: what is learned of a person must not help to recognize the same person. */
export const grouped: SplitKind = {
  label: 'Grouped by a column',
  hint: 'rows with the same cell stay together, such as those of one person',
  foldHint: 'Rows with the same cell stay together, such as those of one person.',
  by: 'group',
  keys: groupKeys,
  share: (rows, shares, random) => {
    const groups = inChanceOrder(rows, random)
    const parts = shares.filter((share) => share > 0).length
    if (groups.length < parts) refuse(groups.length, `${parts} groups, one for each split`)
    const places = balanceGroups(countsOf(groups, rows), shares)
    return shares.map((_, part) => groups.flatMap((group, i) => (places[i] === part ? group : [])))
  },
  folds: (rows, folds, random) => {
    const groups = inChanceOrder(rows, random)
    if (groups.length < folds) refuse(groups.length, `${folds} groups, one for each fold`)
    const shares = Array.from({ length: folds }, () => 1 / folds)
    const parts = balanceGroups(countsOf(groups, rows), shares)
    const places = new Uint32Array(rows.count)
    groups.forEach((group, i) => group.forEach((row) => (places[row] = parts[i]!)))
    return places
  },
}

/** A whole number for each group; a row whose cell is missing is a group of its own. */
function groupKeys(column: Column, rows: Uint32Array): Float64Array {
  const values = isCoded(column) ? column.codes : column.values
  const names = new Map<number, number>()
  let next = 0
  const keys = new Float64Array(rows.length)
  rows.forEach((row, i) => {
    const value = values[row]!
    const missing = isCoded(column) ? value < 0 : Number.isNaN(value)
    const known = missing ? undefined : names.get(value)
    keys[i] = known ?? next++
    if (!missing && known === undefined) names.set(value, keys[i])
  })
  return keys
}

/** Large groups first, as they are hardest to place; groups of one size in chance order. */
function inChanceOrder({ keys }: RowsToShare, random: Random): number[][] {
  const groups = blocksOf(keys!)
  const shuffled = [...random.permutation(groups.length)].map((place) => groups[place]!.rows)
  return shuffled.sort((a, b) => b.length - a.length)
}

function countsOf(groups: readonly number[][], { classes }: RowsToShare): number[][] {
  if (!classes) return groups.map((rows) => [rows.length])
  const places = new Map<number, number>()
  for (const rows of groups)
    for (const row of rows) if (!places.has(classes[row]!)) places.set(classes[row]!, places.size)
  return groups.map((rows) => {
    const counts = new Array<number>(places.size).fill(0)
    for (const row of rows) counts[places.get(classes[row]!)!]!++
    return counts
  })
}

function refuse(groups: number, expected: string): never {
  throw new LabError({
    code: 'too-few-groups',
    expected,
    came: `${groups} ${groups === 1 ? 'group' : 'groups'}`,
    advice: 'Choose a column with more groups, or set the share of one split to 0.',
    place: { path: 'data.split' },
  })
}

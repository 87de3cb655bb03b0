import { splitNames } from '../prepared'
import type { Random } from '../../random/random'
import { random } from './random'
import { deal, emptyCounts, groupByClass, largestRemainders } from './shares'
import type { SplitKind } from './split-kind'

/** Each class is shared out by itself; a target of numbers has none, and its rows are drawn by the seed alone. */
export const stratified: SplitKind = {
  label: 'Stratified',
  hint: 'each split has the classes in the same proportion',
  foldHint: 'Each fold has the classes in the same proportion.',
  share: (rows, shares, chance) =>
    rows.classes
      ? shareClasses(rows.count, shares, rows.classes, chance)
      : random.share(rows, shares, chance),
  folds: (rows, folds, chance) =>
    rows.classes ? deal(inTurn(rows.count, rows.classes, chance), folds) : random.folds(rows, folds, chance),
}

function shareClasses(
  count: number,
  shares: readonly number[],
  classes: ArrayLike<number>,
  chance: Random,
): number[][] {
  const owed = emptyCounts()
  const place: number[][] = splitNames.map(() => [])
  for (const [label, rows] of groupByClass(count, classes)) {
    const order = chance.split(label).permutation(rows.length)
    const counts = largestRemainders(rows.length, shares, owed)
    let next = 0
    counts.forEach((each, i) => {
      for (let k = 0; k < each; k++) place[i]!.push(rows[order[next++]!]!)
    })
  }
  return place
}

/** Class after class, so that dealing gives each fold its part of every one (Kohavi 1995, section 2.2). */
const inTurn = (count: number, classes: ArrayLike<number>, chance: Random): number[] =>
  groupByClass(count, classes).flatMap(([label, rows]) =>
    [...chance.split(label).permutation(rows.length)].map((place) => rows[place]!),
  )

import { splitNames } from '../prepared'

export const emptyCounts = (): number[] => splitNames.map(() => 0)

/**
 * Whole numbers that add to `count` and are as near to the shares as can be: all are rounded down, and what is left goes
 * one by one to the largest remainders (Hamilton's method). `owed` carries what rounding took from a split to the next
 * call, so that the totals of many small classes come out right too. On a tie the earlier split wins.
 */
export function largestRemainders(
  count: number,
  shares: readonly number[],
  owed: number[] = emptyCounts(),
): number[] {
  const exact = shares.map((share) => share * count)
  const counts = exact.map((value) => Math.floor(value + 1e-9))
  const claims = exact.map((value, i) => (shares[i]! > 0 ? value - counts[i]! + owed[i]! : -Infinity))
  let left = count - counts.reduce((sum, value) => sum + value, 0)
  for (; left > 0; left--) {
    const winner = claims.reduce((best, claim, i) => (claim > claims[best]! + 1e-9 ? i : best), 0)
    counts[winner]!++
    claims[winner]! -= 1
  }
  if (counts[0] === 0) giveToTraining(counts)
  counts.forEach((value, i) => (owed[i]! += exact[i]! - value))
  return counts
}

/** A class that is not trained on cannot be learned, so training gets its first row. */
function giveToTraining(counts: number[]): void {
  const richest = counts[1]! >= counts[2]! ? 1 : 2
  if (counts[richest]! === 0) return
  counts[richest]!--
  counts[0]!++
}

/** Consecutive stretches of `rows`, as long as the shares say. */
export function shareOut(rows: Uint32Array, shares: readonly number[]): Uint32Array[] {
  const counts = largestRemainders(rows.length, shares)
  let start = 0
  return counts.map((count) => rows.subarray(start, (start += count)))
}

/** Rows of each class, the largest class first; it can carry the rounding of the others best. */
export function groupByClass(rowCount: number, classes: ArrayLike<number>): [number, number[]][] {
  const groups = new Map<number, number[]>()
  for (let row = 0; row < rowCount; row++) {
    const label = classes[row]!
    const group = groups.get(label)
    if (group) group.push(row)
    else groups.set(label, [row])
  }
  return [...groups].sort(([a, rowsA], [b, rowsB]) => rowsB.length - rowsA.length || a - b)
}

/** Rows one by one to the folds in turn, in the order given. */
export function deal(order: ArrayLike<number>, folds: number): Uint32Array {
  const places = new Uint32Array(order.length)
  for (let i = 0; i < order.length; i++) places[order[i]!] = i % folds
  return places
}

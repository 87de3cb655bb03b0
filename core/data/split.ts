import { LabError } from '../errors/lab-error'
import type { SplitSettings } from '../experiment/schema'
import { createRandom } from '../random/create-random'
import type { Random } from '../random/random'
import { splitNames, type SplitName } from './prepared'

export type Splits = Record<SplitName, Uint32Array>

const emptyCounts = (): number[] => splitNames.map(() => 0)

/**
 * Shares rows 0 .. rowCount-1 out to training, validation and test, each in rising order. `classes` gives the class of
 * each row for a stratified split; without it (number targets) stratified is random.
 * @throws LabError `bad-split` when the shares do not add to 1, `too-few-rows` when no row is left for training
 */
export function splitRows(rowCount: number, settings: SplitSettings, classes?: ArrayLike<number>): Splits {
  const shares = readShares(settings)
  const random = createRandom(settings.seed).split('split')
  const place =
    settings.strategy === 'sequential'
      ? shareOut(range(rowCount), shares)
      : settings.strategy === 'stratified' && classes
        ? stratify(rowCount, shares, classes, random)
        : shareOut(random.permutation(rowCount), shares)
  if (place[0]!.length === 0) refuseEmpty(rowCount)
  const [train, validation, test] = place.map((rows) => Uint32Array.from(rows).sort())
  return { train: train!, validation: validation!, test: test! }
}

const range = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i)

function readShares(settings: SplitSettings): number[] {
  const shares = splitNames.map((name) => settings[name])
  const sum = shares.reduce((total, share) => total + share, 0)
  if (Math.abs(sum - 1) < 1e-6) return shares
  throw new LabError({
    code: 'bad-split',
    expected: 'shares of training, validation and test that add to 1',
    came: `${shares.join(' + ')} = ${Number(sum.toPrecision(6))}`,
    advice: 'Change one of the shares; validation and test may be 0.',
    place: { path: 'data.split' },
  })
}

function refuseEmpty(rowCount: number): never {
  throw new LabError({
    code: 'too-few-rows',
    expected: 'at least one row to train on',
    came: `${rowCount} ${rowCount === 1 ? 'row' : 'rows'} with a target, none of them for training`,
    advice: 'Use a table with more rows, or give training a larger share.',
    place: { path: 'data.split' },
  })
}

/**
 * Whole numbers that add to `count` and are as near to the shares as can be: all are rounded down, and what is left goes
 * one by one to the largest remainders (Hamilton's method). `owed` carries what rounding took from a split to the next
 * call, so that the totals of many small classes come out right too. On a tie the earlier split wins.
 */
function largestRemainders(
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

function shareOut(rows: Uint32Array, shares: readonly number[]): Uint32Array[] {
  const counts = largestRemainders(rows.length, shares)
  let start = 0
  return counts.map((count) => rows.subarray(start, (start += count)))
}

function stratify(
  rowCount: number,
  shares: readonly number[],
  classes: ArrayLike<number>,
  random: Random,
): number[][] {
  const owed = emptyCounts()
  const place: number[][] = splitNames.map(() => [])
  for (const [label, rows] of groupByClass(rowCount, classes)) {
    const order = random.split(label).permutation(rows.length)
    const counts = largestRemainders(rows.length, shares, owed)
    let next = 0
    counts.forEach((count, i) => {
      for (let k = 0; k < count; k++) place[i]!.push(rows[order[next++]!]!)
    })
  }
  return place
}

/** Largest class first; it can carry the rounding of the others best. */
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

import { gather } from '../preparing/number-columns'
import { sortOrder } from '../profile/sort-order'
import { isCoded, type Column } from '../table'

/** How well one column alone predicts the target, each row judged by other rows. */
export interface OneColumnScore {
  /** Share of rows told right, or the share of the target's variance explained (R²). */
  readonly score: number
  /** The same without the column: always the most frequent class, or the mean (0). */
  readonly baseline: number
  /** Share of what the baseline leaves that the column makes good; 1 is perfect. */
  readonly skill: number
}

/** Neighbours that tell a row's class. */
const voters = 3
/** Neighbours on each side that a line is drawn through. */
const side = 6

/** The rows' target cells, as classes or as numbers. */
export type Truth =
  { readonly classes: Int32Array; readonly count: number } | { readonly numbers: Float64Array }

/**
 * Leave-one-out prediction from a single column: a row is told from the rows with the same cell, and where its number is
 * the only one of its kind, from the nearest three (most votes; for numbers a straight line through six on each side).
 * Missing cells are alike, so that gaps which give the target away are found, too.
 * @param least nothing is given for a lower skill, and it is given up as soon as it cannot be reached any more
 */
export function oneColumnScore(
  column: Column,
  rows: Uint32Array,
  truth: Truth,
  least = -Infinity,
): OneColumnScore | undefined {
  const cells = isCoded(column) ? placesOf(column.codes, rows) : gather(column.values, rows)
  const order = sortOrder(cells)
  const score =
    'classes' in truth
      ? scoreClasses(cells, order, truth.classes, truth.count, isCoded(column), least)
      : scoreNumbers(cells, order, truth.numbers, isCoded(column), least)
  return score && score.skill >= least ? score : undefined
}

const placesOf = (codes: Int32Array, rows: Uint32Array): Float64Array =>
  Float64Array.from(rows, (row) => (codes[row]! < 0 ? NaN : codes[row]!))

/** Calls `use` for each run of equal cells in the sorted rows, [from, to), until it says that it is enough. */
function eachRun(cells: Float64Array, order: Uint32Array, use: (from: number, to: number) => boolean): void {
  for (let from = 0; from < order.length;) {
    const cell = cells[order[from]!]!
    let to = from + 1
    while (
      to < order.length &&
      (cells[order[to]!] === cell || (Number.isNaN(cell) && Number.isNaN(cells[order[to]!]!)))
    )
      to++
    if (use(from, to)) return
    from = to
  }
}

function scoreClasses(
  cells: Float64Array,
  order: Uint32Array,
  classes: Int32Array,
  count: number,
  isCategory: boolean,
  least: number,
): OneColumnScore | undefined {
  const all = countClasses(order, classes, 0, order.length, count)
  const usual = largest(all)
  const baseline = all[usual]! / order.length
  const skillOf = (right: number): number =>
    baseline < 1 ? (right / order.length - baseline) / (1 - baseline) : 0
  let [right, isHopeless] = [0, false]
  eachRun(cells, order, (from, to) => {
    if (to - from > 1) right += rightInRun(order, classes, from, to, count)
    // A category that occurs once says nothing about any other row.
    else if (!isCategory && !Number.isNaN(cells[order[from]!]!))
      right += isRightByVote(cells, order, classes, from, count)
    else if (classes[order[from]!] === usual) right++
    return (isHopeless = skillOf(right + order.length - to) < least)
  })
  return isHopeless ? undefined : { score: right / order.length, baseline, skill: skillOf(right) }
}

function countClasses(
  order: Uint32Array,
  classes: Int32Array,
  from: number,
  to: number,
  count: number,
): Float64Array {
  const counts = new Float64Array(count)
  for (let i = from; i < to; i++) counts[classes[order[i]!]!]!++
  return counts
}

const largest = (counts: Float64Array): number => {
  let best = 0
  for (let i = 1; i < counts.length; i++) if (counts[i]! > counts[best]!) best = i
  return best
}

/** Rows of a run whose class is the most frequent of the run's other rows. */
function rightInRun(
  order: Uint32Array,
  classes: Int32Array,
  from: number,
  to: number,
  count: number,
): number {
  const counts = countClasses(order, classes, from, to, count)
  let right = 0
  for (let i = 0; i < count; i++) {
    const others = Math.max(...counts.map((n, other) => (other === i ? -1 : n)))
    if (counts[i]! - 1 > others || (counts[i]! > 1 && others <= 0)) right += counts[i]!
  }
  return right
}

/** The three nearest numbers vote. */
function isRightByVote(
  cells: Float64Array,
  order: Uint32Array,
  classes: Int32Array,
  at: number,
  count: number,
): number {
  const cell = cells[order[at]!]!
  const votes = new Float64Array(count)
  let [below, above] = [at - 1, at + 1]
  for (let vote = 0; vote < voters; vote++) {
    const down = below < 0 ? Infinity : cell - cells[order[below]!]!
    const up = above >= order.length ? Infinity : cells[order[above]!]! - cell
    // Missing cells come last in the order, and are near to none.
    if (!(down < Infinity) && !(up < Infinity)) break
    const near = down <= up || Number.isNaN(up) ? below-- : above++
    votes[classes[order[near]!]!]!++
  }
  return largest(votes) === classes[order[at]!] ? 1 : 0
}

function scoreNumbers(
  cells: Float64Array,
  order: Uint32Array,
  truth: Float64Array,
  isCategory: boolean,
  least: number,
): OneColumnScore | undefined {
  let sum = 0
  for (const value of truth) sum += value
  const mean = sum / truth.length
  let [errors, isHopeless] = [0, false]
  let total = 0
  for (const value of truth) total += (value - mean) ** 2
  const skillOf = (): number => (total > 0 ? 1 - errors / total : 0)
  eachRun(cells, order, (from, to) => {
    if (to - from > 1) errors += runErrors(order, truth, from, to)
    else {
      const value = truth[order[from]!]!
      const isWord = isCategory || Number.isNaN(cells[order[from]!]!)
      errors += (value - (isWord ? mean : lineThroughNear(cells, order, truth, from))) ** 2
    }
    return (isHopeless = skillOf() < least)
  })
  return isHopeless ? undefined : { score: skillOf(), baseline: 0, skill: skillOf() }
}

/** Squared errors of telling each row of a run by the mean of its others. */
function runErrors(order: Uint32Array, truth: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += truth[order[i]!]!
  const count = to - from
  let errors = 0
  for (let i = from; i < to; i++) {
    const value = truth[order[i]!]!
    errors += (value - (sum - value) / (count - 1)) ** 2
  }
  return errors
}

/** Least squares through the nearest rows, at the cell of the row itself; never far outside what they hold. */
function lineThroughNear(cells: Float64Array, order: Uint32Array, truth: Float64Array, at: number): number {
  const x0 = cells[order[at]!]!
  let [count, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0]
  let [low, high] = [Infinity, -Infinity]
  for (let near = Math.max(0, at - side); near <= Math.min(order.length - 1, at + side); near++) {
    const x = cells[order[near]!]! - x0
    if (near === at || Number.isNaN(x)) continue
    const y = truth[order[near]!]!
    count++
    sx += x
    sy += y
    sxx += x * x
    sxy += x * y
    low = Math.min(low, y)
    high = Math.max(high, y)
  }
  if (count === 0) return 0
  const spread = count * sxx - sx * sx
  const slope = spread > 1e-12 * count * sxx ? (count * sxy - sx * sy) / spread : 0
  const value = (sy - slope * sx) / count
  const room = high - low
  return Math.min(high + room, Math.max(low - room, value))
}

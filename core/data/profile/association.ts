import type { Binned } from './binning'
import type { Ordered } from './sort-order'

/** Pearson's r of two lists of numbers; 0 where one does not vary. */
export function pearson(x: Float64Array, y: Float64Array): number {
  const [mx, my] = [mean(x), mean(y)]
  let [sxx, sxy, syy] = [0, 0, 0]
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [x[i]! - mx, y[i]! - my]
    sxx += dx * dx
    sxy += dx * dy
    syy += dy * dy
  }
  return sxx > 0 && syy > 0 ? Math.max(-1, Math.min(1, sxy / Math.sqrt(sxx * syy))) : 0
}

/** Spearman's ρ: Pearson's r of the ranks, ties sharing their mean rank. */
export const spearman = (x: Ordered, y: Ordered): number => pearson(ranks(x), ranks(y))

function ranks({ cells: values, order }: Ordered): Float64Array {
  const ranked = new Float64Array(values.length)
  for (let from = 0; from < order.length;) {
    const value = values[order[from]!]
    let to = from + 1
    while (to < order.length && values[order[to]!] === value) to++
    for (let i = from; i < to; i++) ranked[order[i]!] = (from + to - 1) / 2
    from = to
  }
  return ranked
}

/** The correlation ratio η: the share of the numbers' deviation that lies between the classes, as a root. No code is -1. */
export function correlationRatio({ codes, count }: Binned, y: Float64Array): number {
  const sums = new Float64Array(count)
  const counts = new Float64Array(count)
  for (let i = 0; i < y.length; i++) {
    sums[codes[i]!]! += y[i]!
    counts[codes[i]!]!++
  }
  const all = mean(y)
  let between = 0
  for (let c = 0; c < count; c++)
    if (counts[c]! > 0) between += counts[c]! * (sums[c]! / counts[c]! - all) ** 2
  let total = 0
  for (const value of y) total += (value - all) ** 2
  return total > 0 ? Math.sqrt(Math.min(1, between / total)) : 0
}

/** Cramér's V of two lists of classes, without correction; levels that do not occur do not count. No code is -1. */
export function cramersV(a: Binned, b: Binned): number {
  const { joint, rows, columns, total } = contingency(a, b)
  let chi2 = 0
  const [usedRows, usedColumns] = [rows.filter((n) => n > 0).length, columns.filter((n) => n > 0).length]
  for (let i = 0; i < a.count; i++)
    for (let j = 0; j < b.count; j++) {
      const expected = (rows[i]! * columns[j]!) / total
      if (expected > 0) chi2 += (joint[i * b.count + j]! - expected) ** 2 / expected
    }
  const most = Math.min(usedRows, usedColumns) - 1
  return most > 0 ? Math.sqrt(Math.min(1, chi2 / (total * most))) : 0
}

export interface Information {
  /** Plug-in estimate of the mutual information, in bits. */
  readonly plugIn: number
  /** The same less what independent columns would show by chance, (K_a − 1)(K_b − 1) / (2 n ln 2), and never below 0. */
  readonly corrected: number
  /** Entropy of the second list, in bits. */
  readonly entropy: number
}

/** What one list of classes tells about another (G. A. Miller 1955 for the correction). No code is -1. */
export function mutualInformation(a: Binned, b: Binned): Information {
  const { joint, rows, columns, total } = contingency(a, b)
  let [plugIn, entropy] = [0, 0]
  for (let i = 0; i < a.count; i++)
    for (let j = 0; j < b.count; j++) {
      const n = joint[i * b.count + j]!
      if (n > 0) plugIn += (n / total) * Math.log2((n * total) / (rows[i]! * columns[j]!))
    }
  for (const n of columns) if (n > 0) entropy -= (n / total) * Math.log2(n / total)
  const used = (counts: Float64Array): number => counts.filter((n) => n > 0).length
  const chance = ((used(rows) - 1) * (used(columns) - 1)) / (2 * total * Math.LN2)
  return { plugIn: Math.max(0, plugIn), corrected: Math.max(0, plugIn - chance), entropy }
}

function contingency(a: Binned, b: Binned) {
  const joint = new Float64Array(a.count * b.count)
  const rows = new Float64Array(a.count)
  const columns = new Float64Array(b.count)
  for (let i = 0; i < a.codes.length; i++) {
    joint[a.codes[i]! * b.count + b.codes[i]!]!++
    rows[a.codes[i]!]!++
    columns[b.codes[i]!]!++
  }
  return { joint, rows, columns, total: a.codes.length }
}

function mean(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

/** Fewer numbers are sorted sooner as they are. */
const fewest = 256
/** More numbers are dealt out to so many buckets first, as those to more of them would miss the processor's cache. */
const many = 32_768
const mostBuckets = 1024
/** Numbers of one bucket up to here are put in place one by one. */
const smallBucket = 32
/** How often a crowded bucket is shared out anew. */
const deepest = 3

/**
 * The numbers in rising order, as `Float64Array.prototype.sort` has them (−0 before 0, NaN last), in about a third of its time
 * for a million: they are dealt out to buckets of equal width, and each bucket to smaller ones, until few are left to be put in
 * place. A few numbers far off all others cost one round more.
 */
export function sortNumbers(values: Float64Array): Float64Array {
  const sorted = sortDeep(values, 0)
  orderZeros(sorted)
  return sorted
}

function sortDeep(values: Float64Array, depth: number): Float64Array {
  const plain = (): Float64Array => values.slice().sort()
  if (values.length < fewest || depth === deepest) return plain()
  const { least, most, filled } = extentOf(values)
  const buckets = filled > many ? mostBuckets : filled >> 2
  const perUnit = (buckets - 1) / (most - least)
  if (buckets < 2 || !(perUnit > 0 && perUnit < Infinity) || !(most - least < Infinity)) return plain()
  const { sorted, ends } = deal(values, least, perUnit, buckets)
  sorted.fill(NaN, filled)
  for (let bucket = 0, from = 0; bucket < buckets; from = ends[bucket++]!) {
    const to = ends[bucket]!
    if (to - from < 2) continue
    if (to - from <= smallBucket) insert(sorted, from, to)
    else if (areDifferent(sorted, from, to)) sorted.set(sortDeep(sorted.subarray(from, to), depth + 1), from)
  }
  return sorted
}

function extentOf(values: Float64Array): { least: number; most: number; filled: number } {
  let [least, most, filled] = [Infinity, -Infinity, 0]
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value < least) least = value
    if (value > most) most = value
    if (value === value) filled++
  }
  return { least, most, filled }
}

/** The filled numbers by bucket, and where each bucket ends. A greater number is never in an earlier bucket. */
function deal(
  values: Float64Array,
  least: number,
  perUnit: number,
  buckets: number,
): { sorted: Float64Array; ends: Uint32Array } {
  const ends = new Uint32Array(buckets)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value === value) ends[((value - least) * perUnit) | 0]!++
  }
  let start = 0
  for (let bucket = 0; bucket < buckets; bucket++) {
    const count = ends[bucket]!
    ends[bucket] = start
    start += count
  }
  const sorted = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value === value) sorted[ends[((value - least) * perUnit) | 0]!++] = value
  }
  return { sorted, ends }
}

function insert(values: Float64Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const value = values[i]!
    let at = i
    for (; at > from && values[at - 1]! > value; at--) values[at] = values[at - 1]!
    values[at] = value
  }
}

function areDifferent(values: Float64Array, from: number, to: number): boolean {
  for (let i = from + 1; i < to; i++) if (values[i] !== values[from]) return true
  return false
}

/** Both zeros compare as equal, so that they came out as they stood. */
function orderZeros(sorted: Float64Array): void {
  const from = firstFrom(sorted, 0)
  let [to, negative] = [from, 0]
  for (; to < sorted.length && sorted[to] === 0; to++) if (Object.is(sorted[to], -0)) negative++
  sorted.fill(-0, from, from + negative).fill(0, from + negative, to)
}

/** The first place whose number is no less than `limit`; NaN counts as greater than all. */
function firstFrom(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < limit) low = middle + 1
    else high = middle
  }
  return low
}

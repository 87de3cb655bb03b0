/** One place of a curve; null breaks the line. */
export type Point = [x: number, y: number | null]

const finite = (value: number | null | undefined): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null

/** A point whose y is a finite number or null; with `positive`, what a log axis cannot show is null too. */
export function toPoint(x: number, value: number | null | undefined, positive = false): Point {
  const y = finite(value)
  return [x, positive && y !== null && y <= 0 ? null : y]
}

/**
 * At most about `limit` points that draw the same line: of each stretch the first, lowest, highest and last are kept, so
 * that no spike is lost, and one gap where it has any.
 */
export function decimate(points: readonly Point[], limit = 2000): Point[] {
  if (points.length <= limit) return [...points]
  const size = Math.ceil((points.length * 5) / limit)
  const kept: Point[] = []
  for (let start = 0; start < points.length; start += size)
    keepStretch(points, start, Math.min(start + size, points.length), kept)
  return kept
}

function keepStretch(points: readonly Point[], start: number, end: number, kept: Point[]): void {
  let low = -1
  let high = -1
  let gap = -1
  for (let i = start; i < end; i++) {
    const y = points[i]![1]
    if (y === null) gap = gap < 0 ? i : gap
    else {
      if (low < 0 || y < points[low]![1]!) low = i
      if (high < 0 || y > points[high]![1]!) high = i
    }
  }
  const wanted = new Set([start, low, high, gap, end - 1].filter((i) => i >= 0))
  for (const i of [...wanted].sort((a, b) => a - b)) kept.push(points[i]!)
}

/**
 * Exponential moving average with its start corrected, as Adam corrects its moments (Kingma & Ba 2015, section 3):
 * s_t = β s_{t−1} + (1 − β) y_t, shown as s_t / (1 − β^t). Gaps stay gaps and do not count as steps.
 */
export function smooth(points: readonly Point[], beta: number): Point[] {
  let s = 0
  let left = 1
  return points.map(([x, y]) => {
    if (y === null) return [x, null]
    s = beta * s + (1 - beta) * y
    left *= beta
    return [x, s / (1 - left)]
  })
}

/** Smallest and largest finite value, or null when there is none. */
export function extent(values: Iterable<number | null>): [number, number] | null {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  return low <= high ? [low, high] : null
}

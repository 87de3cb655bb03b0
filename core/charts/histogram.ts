export interface Bin {
  readonly from: number
  readonly to: number
  readonly count: number
}

const quantile = (sorted: readonly number[], share: number): number => {
  const at = (sorted.length - 1) * share
  const low = sorted[Math.floor(at)]!
  return low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at))
}

/** The least of 1, 2, 2.5, 5 times a power of ten that is not below `width`. */
export function niceWidth(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width))
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= width * (1 - 1e-9)) ?? 10
  return factor * power
}

/**
 * Equal bins with round edges, their width after Freedman & Diaconis (1981), 2·IQR·n^(−1/3), about 8 to 60 of them. A
 * value on an edge counts in the upper bin. Values that are not finite are left out.
 */
export function histogram(values: readonly number[]): Bin[] {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b)
  if (!sorted.length) return []
  const [low, high] = [sorted[0]!, sorted.at(-1)!]
  if (low === high) return [{ from: low - 0.5, to: low + 0.5, count: sorted.length }]
  const span = high - low
  const wanted = 2 * (quantile(sorted, 0.75) - quantile(sorted, 0.25)) * sorted.length ** (-1 / 3)
  const width = niceWidth(Math.min(Math.max(wanted || span / 10, span / 60), span / 8))
  const first = Math.floor(low / width)
  const counts = new Array<number>(Math.floor(high / width) - first + 1).fill(0)
  for (const value of sorted) counts[Math.floor(value / width) - first]!++
  const edge = (i: number): number => Number(((first + i) * width).toPrecision(12))
  return counts.map((count, i) => ({ from: edge(i), to: edge(i + 1), count }))
}

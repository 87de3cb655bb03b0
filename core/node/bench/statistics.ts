/** The middle of the values; of an even number of them, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/** (largest - smallest) / median. */
export const spread = (values: readonly number[]): number =>
  (Math.max(...values) - Math.min(...values)) / median(values)

/** Ratios of what was timed in pairs, one right after the other, so that the machine was about as fast for both. */
export interface PairedRatio {
  readonly median: number
  /** Between these lies the middle half of them. */
  readonly half: readonly [lower: number, upper: number]
}

/** `above` over `below`, pair by pair. */
export function pairedRatio(above: readonly number[], below: readonly number[]): PairedRatio {
  const ratios = above.map((value, i) => value / below[i]!).sort((a, b) => a - b)
  const quarter = Math.floor(ratios.length / 4)
  return { median: median(ratios), half: [ratios[quarter]!, ratios[ratios.length - 1 - quarter]!] }
}

import type { ArrayStatistics } from '../../../../core/training/statistics/array-statistics'

/** Histograms of one moment after the other on a common scale. */
export interface Strip {
  readonly low: number
  readonly high: number
  /** [moments][steps from the lowest]: share of the numbers in each; null where there were none. */
  readonly columns: readonly (readonly number[] | null)[]
}

/** At most so many moments, evenly taken, the first and the last among them. */
export const MOMENTS = 60
export const STEPS = 20

/** Nothing without any finite numbers. Each step of a histogram is shared out over those of the common scale that it covers. */
export function stripOf(looks: readonly (ArrayStatistics | null)[]): Strip | null {
  const taken = evenly(looks, MOMENTS)
  const known = taken.filter((look) => look !== null)
  if (!known.length) return null
  const low = Math.min(...known.map(({ smallest }) => smallest))
  const high = Math.max(...known.map(({ largest }) => largest))
  return { low, high, columns: taken.map((look) => look && columnOf(look, low, high)) }
}

function evenly<T>(all: readonly T[], most: number): T[] {
  if (all.length <= most) return [...all]
  return Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))]!)
}

function columnOf({ histogram }: ArrayStatistics, low: number, high: number): number[] {
  const { counts } = histogram
  const total = counts.reduce((sum, count) => sum + count, 0)
  const column = new Array<number>(STEPS).fill(0)
  // Numbers that are as good as equal share a step.
  const perUnit = STEPS / (high - low)
  const scale = Number.isFinite(perUnit) ? perUnit : 0
  const width = (histogram.high - histogram.low) / counts.length
  counts.forEach((count, i) => {
    if (count) spread(column, count / total, (histogram.low + i * width - low) * scale, width * scale)
  })
  return column
}

/** Shares an amount out over the steps between two places. */
function spread(column: number[], share: number, from: number, width: number): void {
  const last = STEPS - 1
  const first = Math.min(last, Math.max(0, Math.floor(from)))
  // Places are numbers up to 20 with an error of some 1e-15: of what is narrower than this, too much would be lost.
  if (width < 1e-6) {
    column[first]! += share
    return
  }
  for (let step = first; step <= last && step < from + width; step++) {
    const overlap = Math.min(step + 1, from + width) - Math.max(step, from)
    if (overlap > 0) column[step]! += (share * overlap) / width
  }
}

import { LabError } from '../errors/lab-error'
import { sweepRates, type SweepOptions } from './rate-sweep'

export interface RateFinderSettings {
  readonly lowest: number
  readonly highest: number
  /** Updates, each with its own rate. */
  readonly steps: number
  /** β of the moving average that decides where the loss diverges; 0 to 0.99. */
  readonly smoothing: number
}

export const usualSweep: RateFinderSettings = { lowest: 1e-6, highest: 1, steps: 200, smoothing: 0.9 }

export interface RatePoint {
  readonly rate: number
  /** null where it is not a finite number. */
  readonly loss: number | null
  readonly smoothed: number | null
}

export interface RateFinding {
  readonly points: readonly RatePoint[]
  /** Where the loss falls fastest; null where it never falls. */
  readonly steepest: number | null
  /** Where it has grown to four times its best or is no number any more; null where it never does. */
  readonly diverging: number | null
  /** The steepest point's rate, but a tenth of the diverging one at most. */
  readonly suggestion: number | null
}

/** The smoothed loss has grown to so many times its best: the sweep has seen enough. */
const DIVERGES = 4

/**
 * Learning-rate range test (Smith, "Cyclical Learning Rates for Training Neural Networks", 2017, section 3.3), with rates
 * that grow by the same factor. Yields each point, and ends where the loss has diverged.
 * @throws LabError `bad-rates`, and the pages of `createTrainer`
 */
export function* sweepPoints(
  options: SweepOptions,
  settings: RateFinderSettings,
): Generator<RatePoint, void, void> {
  checkSettings(settings)
  const { smoothing } = settings
  const divergence = new Divergence(smoothing)
  let average = 0
  let left = 1
  for (const { rate, loss } of sweepRates(options, ratesOf(settings))) {
    if (!Number.isFinite(loss)) {
      yield { rate, loss: null, smoothed: null }
      return
    }
    average = smoothing * average + (1 - smoothing) * loss
    left *= smoothing
    const point = { rate, loss, smoothed: average / (1 - left) }
    yield point
    if (divergence.take(point)) return
  }
}

/** lowest · (highest / lowest)^(i / (steps − 1)) */
export const ratesOf = ({ lowest, highest, steps }: RateFinderSettings): number[] =>
  Array.from({ length: steps }, (_, i) => lowest * (highest / lowest) ** (i / (steps - 1)))

/**
 * Takes the points in order; true for the one where the smoothed loss has diverged. The first points only fill the
 * average's memory of 1 / (1 − β): with fewer the luck of a few batches would decide.
 */
class Divergence {
  /** Four times the best loss so far, said so that it holds for losses below 0 too. */
  limit = Infinity
  private seen = 0
  private best = Infinity

  constructor(private readonly smoothing: number) {}

  take({ smoothed }: RatePoint): boolean {
    if (smoothed === null) return true
    if (++this.seen < Math.ceil(1 / (1 - this.smoothing))) return false
    if (smoothed > this.limit) return true
    this.best = Math.min(this.best, smoothed)
    this.limit = this.best + (DIVERGES - 1) * Math.abs(this.best)
    return false
  }
}

/** Reads a sweep, whole or broken off. */
export function judgeSweep(
  points: readonly RatePoint[],
  { smoothing, steps }: RateFinderSettings,
): RateFinding {
  const diverging = divergingRate(points, smoothing)
  const steepest = steepestRate(points, Math.max(2, Math.round(steps / 20)))
  const suggestion = steepest === null ? null : Math.min(steepest, (diverging ?? Infinity) / 10)
  return { points, steepest, diverging, suggestion }
}

/** The smoothed loss tells that it diverges but lags behind; where that began, the losses themselves tell. */
function divergingRate(points: readonly RatePoint[], smoothing: number): number | null {
  const divergence = new Divergence(smoothing)
  let at = points.findIndex((point) => divergence.take(point))
  if (at < 0) return null
  while (at > 0 && points[at - 1]!.loss! > divergence.limit) at--
  return points[at]!.rate
}

/**
 * The middle of the stretch of 2 · reach + 1 points whose straight line (least squares; Savitzky & Golay 1964) falls most
 * over log rate. Of the losses as they are: a moving average would lag behind. Only up to the lowest smoothed loss.
 */
function steepestRate(points: readonly RatePoint[], reach: number): number | null {
  const losses = points.flatMap(({ loss }) => (loss === null ? [] : [loss]))
  const smoothed = points.flatMap((point) => (point.smoothed === null ? [] : [point.smoothed]))
  const lowest = smoothed.indexOf(smoothed.reduce((low, value) => Math.min(low, value), Infinity))
  const slope = slopes(losses, reach)
  let found: number | null = null
  let steepest = 0
  for (let i = reach; i + reach <= lowest; i++)
    if (slope(i) < steepest) [steepest, found] = [slope(i), points[i]!.rate]
  return found
}

/**
 * Σ_k k (y_{i+k} − y_{i−k}) for k up to `reach`, which is Σ_j (j − i) y_j over the stretch around i: from running sums, since
 * a sweep may have very many points and the window looks at it again with each of them.
 */
function slopes(y: readonly number[], reach: number): (i: number) => number {
  const plain = new Float64Array(y.length + 1)
  const weighted = new Float64Array(y.length + 1)
  // Small numbers lose fewer digits in long sums.
  const level = y[0] ?? 0
  y.forEach((value, j) => {
    plain[j + 1] = plain[j]! + (value - level)
    weighted[j + 1] = weighted[j]! + j * (value - level)
  })
  return (i) => {
    const [from, to] = [i - reach, i + reach + 1]
    return weighted[to]! - weighted[from]! - i * (plain[to]! - plain[from]!)
  }
}

/** The whole test at once. */
export const findRate = (options: SweepOptions, settings: RateFinderSettings = usualSweep): RateFinding =>
  judgeSweep([...sweepPoints(options, settings)], settings)

function checkSettings({ lowest, highest, steps, smoothing }: RateFinderSettings): void {
  const ordered = lowest > 0 && highest > lowest && Number.isFinite(highest)
  if (ordered && steps >= 20 && smoothing >= 0 && smoothing <= 0.99) return
  throw new LabError({
    code: 'bad-rates',
    expected: 'a lowest rate above 0, a higher highest one, 20 steps or more, and a smoothing from 0 to 0.99',
    came: `rates from ${lowest} to ${highest} in ${steps} steps, smoothing ${smoothing}`,
    advice: 'The usual sweep is from 1e-6 to 1 in 200 steps with smoothing 0.9.',
  })
}

import type { TargetDescription } from '../data/prepared'
import { partType } from '../data/target-parts'

/** So much of the counted training time may go into metrics, and so many nanoseconds beside, which nobody can see: less than half a frame of a screen. */
const SHARE = 0.01
const FREE = 6e6

/** Counted nanoseconds of all metrics of a row; with several classes, of each of them. */
const PER_ROW = { number: 20, class: 55 } as const

/** And of the metrics however few the rows are. */
const PER_MEASURE = 3000

/** What metrics of so many rows cost, counted in nanoseconds: the same on every computer. */
export const costOfMetrics = (
  rows: number,
  units: number,
  target: Pick<TargetDescription, 'type'>,
): number =>
  rows === 0
    ? 0
    : PER_MEASURE + rows * units * (partType(target) === 'number' ? PER_ROW.number : PER_ROW.class)

/** Part of a checkpoint: counted nanoseconds so far. */
export interface MetricRateState {
  readonly trained: number
  readonly measured: number
}

/**
 * Chooses the epochs whose metrics are measured: every `every`-th, or if that is left out as many as cost no more than a
 * hundredth of the training; while that is short, all of them. Costs are counted, not timed, so that the same experiment always measures the same epochs.
 * The first epoch is always one.
 */
export class MetricRate {
  private trained = 0
  private measured = 0

  constructor(
    /** Counted nanoseconds of measuring one epoch. */
    private readonly cost: number,
    private readonly every: number | undefined,
  ) {}

  /** To be asked once after each epoch, from 1. @param trained counted nanoseconds of its training */
  isDue(epoch: number, trained: number): boolean {
    if (this.every !== undefined) return epoch === 1 || epoch % this.every === 0
    this.trained += trained
    if (epoch > 1 && this.measured + this.cost > FREE + SHARE * this.trained) return false
    this.measured += this.cost
    return true
  }

  state(): MetricRateState {
    return { trained: this.trained, measured: this.measured }
  }

  restore({ trained, measured }: MetricRateState): void {
    Object.assign(this, { trained, measured })
  }
}

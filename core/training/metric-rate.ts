import type { TargetDescription } from '../data/prepared'
import { partType } from '../data/target-parts'

/** So much of the counted training time may go into metrics. */
const SHARE = 0.005

/** So many counted nanoseconds beside, which a training that is over at once needs to have some; and how far apart their epochs are, each against the one before. */
const FREE = 8e5
const APART = 1.5

/** Counted nanoseconds of all metrics of a row; with several classes, of each of them. */
const PER_ROW = { number: 20, class: 55 } as const

/** And of the metrics however few the rows are: what is done so seldom finds neither its code nor its numbers in the caches. */
const PER_MEASURE = 30_000

/** What metrics of so many rows cost, counted in nanoseconds: the same on every computer. */
export const costOfMetrics = (
  rows: number,
  units: number,
  target: Pick<TargetDescription, 'type'>,
): number =>
  rows === 0
    ? 0
    : PER_MEASURE + rows * units * (partType(target) === 'number' ? PER_ROW.number : PER_ROW.class)

/** Part of a checkpoint: counted nanoseconds so far, and the last epoch that was measured. */
export interface MetricRateState {
  readonly trained: number
  readonly measured: number
  /** Left out by earlier versions, which measured all epochs of a short training. */
  readonly last?: number
}

/**
 * Chooses the epochs whose metrics are measured: every `every`-th, or if that is left out as many as cost no more than half a
 * hundredth of the training. While that is short, those whose numbers grow by half from one to the next: 1, 2, 3, 4, 6, 9, ...
 * so that wherever it ends its curves have points. Costs are counted, not timed, so that the same experiment always measures the
 * same epochs. The first epoch is always one.
 */
export class MetricRate {
  private trained = 0
  private measured = 0
  private last = 0

  constructor(
    /** Counted nanoseconds of measuring one epoch. */
    private readonly cost: number,
    private readonly every: number | undefined,
  ) {}

  /** To be asked once after each epoch, from 1. @param trained counted nanoseconds of its training */
  isDue(epoch: number, trained: number): boolean {
    if (this.every !== undefined) return epoch === 1 || epoch % this.every === 0
    this.trained += trained
    if (epoch > 1 && !this.isPaid(epoch)) return false
    this.measured += this.cost
    this.last = epoch
    return true
  }

  private isPaid(epoch: number): boolean {
    const over = this.measured + this.cost - SHARE * this.trained
    return over <= 0 || (over <= FREE && epoch >= Math.floor(APART * this.last))
  }

  state(): MetricRateState {
    return { trained: this.trained, measured: this.measured, last: this.last }
  }

  restore({ trained, measured, last = 0 }: MetricRateState): void {
    Object.assign(this, { trained, measured, last })
  }
}

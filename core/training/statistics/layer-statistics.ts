import type { RunSeed } from '../../backends/backend'
import type { Batch } from '../batch'
import type { StatisticsEvent } from '../events'
import { LayerWatch, type LayerWatchOptions, type Look } from './layer-watch'
import { StatisticsRate } from './statistics-rate'

/** Counted nanoseconds of what is done with each weight. */
const PER_WEIGHT = 25

/** A batch, and where in the training it is: epoch and batch from 1, `step` the one that it makes. */
export interface WatchedBatch extends Batch, Pick<StatisticsEvent, 'epoch' | 'batch' | 'batches' | 'step'> {
  readonly seed: RunSeed
}

export interface LayerStatisticsOptions {
  /** Epochs from one taking to the next; left out, by the time that it takes. */
  readonly every: number | undefined
  /** Seconds. */
  readonly clock: () => number
  /** That making ready what they are taken with is thought to need. */
  readonly ready: number
  /** What to look at, as the settings are now. */
  readonly watched: () => LayerWatchOptions
}

/** Takes statistics of the layers on the way of a training. */
export class LayerStatistics {
  private readonly rate: StatisticsRate
  private watch: LayerWatch | null = null
  private isDue = false
  private lastStep = 0
  private seconds = 0

  constructor(private readonly options: LayerStatisticsOptions) {
    this.rate = new StatisticsRate(options.ready)
  }

  /** Decides about the next batch. To be called now and then. @param step counted nanoseconds of one */
  consider(seconds: number, step: number): void {
    if (this.options.every !== undefined) return
    this.seconds = seconds
    const { layout } = this.options.watched().network
    this.isDue = this.rate.isDue(seconds, (step + PER_WEIGHT * layout.size) / 1e9)
  }

  /** Whether a batch is to be looked at. @param size rows of a whole one */
  wants({ rows, from, count }: Batch, epoch: number, size: number): boolean {
    const { every } = this.options
    if (count < size) return false
    if (every === undefined) return this.isDue
    return epoch % every === 0 && rows.length - from - count < size
  }

  /** Takes the step of a batch that is wanted, and tells what was seen before and after it. */
  around<T extends { readonly updated: boolean }>(
    batch: WatchedBatch,
    step: () => T,
  ): { made: T; event: StatisticsEvent } {
    const { clock } = this.options
    const from = clock()
    const look = this.look(batch)
    const between = clock()
    const made = step()
    const since = clock()
    const event = this.tell(batch, look, made.updated)
    this.isDue = false
    this.rate.took(between - from + clock() - since, this.seconds)
    return { made, event }
  }

  /** Of the weights at the end, unless they were told; a batch's gradient is taken once more. */
  atEnd(batch: WatchedBatch): StatisticsEvent | null {
    return batch.step === this.lastStep ? null : this.tell(batch, this.look(batch), false)
  }

  /** Settings have changed. */
  renew(): void {
    this.watch?.release()
    this.watch = null
  }

  private look(batch: WatchedBatch): Look {
    this.watch ??= new LayerWatch(this.options.watched())
    return this.watch.look(batch, batch.seed)
  }

  private tell(
    { epoch, batch, batches, step, count }: WatchedBatch,
    look: Look,
    updated: boolean,
  ): StatisticsEvent {
    this.lastStep = step
    const report = this.watch!.report(look, updated)
    return { type: 'statistics', epoch, batch, batches, step, rows: count, ...report }
  }
}

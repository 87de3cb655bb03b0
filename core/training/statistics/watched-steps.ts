import type { StateStore } from '../../backends/backend'
import type { ResolvedNetwork } from '../../network/resolve'
import { BatchSource } from '../batch'
import type { EpochPass } from '../epoch-pass'
import type { StatisticsEvent } from '../events'
import type { Step, Stepper, StepRequest } from '../stepper'
import type { TrainerOptions } from '../trainer-api'
import { LayerStatistics, type WatchedBatch } from './layer-statistics'

/** Most rows of a batch that the layers are watched on. */
const MOST_ROWS = 1024

/** What of a training is looked at. */
export interface WatchedTraining {
  readonly options: TrainerOptions
  readonly store: StateStore
  /** How much each prepared row counts; left out, all alike. */
  readonly weights: Float32Array | undefined
  /** Seconds that it took to make its evaluation ready. */
  readonly ready: number
  /** As it is now. */
  readonly network: () => ResolvedNetwork
  readonly stepper: () => Stepper
}

/** Epoch and batch from 1, and batches that the epoch has. */
type Place = Pick<StatisticsEvent, 'epoch' | 'batch' | 'batches'>

/** The steps of a training that its layers are watched in. */
export class WatchedSteps {
  private readonly statistics: LayerStatistics

  constructor(private readonly training: WatchedTraining) {
    const { options, store, weights, ready } = training
    const { clock, experiment, backend, data } = options
    const source = new BatchSource(data, weights)
    this.statistics = new LayerStatistics({
      every: experiment.training.statisticsEvery,
      // A look has the way back beside the way forward, but is made ready only once.
      ...{ clock, ready },
      watched: () => ({
        ...{ backend, store, source, network: training.network(), weighted: weights !== undefined },
        rows: Math.min(training.stepper().batchSize, MOST_ROWS),
      }),
    })
  }

  /** To be called now and then. @param seconds of training so far */
  consider(seconds: number): void {
    this.statistics.consider(seconds, this.training.stepper().cost)
  }

  wants(request: StepRequest, epoch: number): boolean {
    return this.statistics.wants(request, epoch, this.training.stepper().batchSize)
  }

  /** Takes a step that is wanted, and tells what was seen before and after it. */
  take(request: StepRequest, place: Place): { made: Step; event: StatisticsEvent } {
    return this.statistics.around(this.batch(request, place), () => this.training.stepper().step(request))
  }

  /** Of the weights that the training came to, on its last whole batch; null where there is none, or it was told. */
  atEnd({ rows, next }: EpochPass, step: number, place: Place): StatisticsEvent | null {
    const { batchSize: count } = this.training.stepper()
    if (step === 0 || next < count) return null
    const from = (Math.floor(next / count) - 1) * count
    return this.statistics.atEnd(this.batch({ rows, from, count, step, factor: 1 }, place))
  }

  /** Settings have changed. */
  renew(): void {
    this.statistics.renew()
  }

  private batch({ rows, from, count, step }: StepRequest, place: Place): WatchedBatch {
    const seed = this.training.stepper().seedOf(step)
    return { rows, from, count: Math.min(count, MOST_ROWS), ...place, step, seed }
  }
}

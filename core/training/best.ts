import type { Numbers } from '../backends/backend'
import type { TrainingSettings } from '../experiment/schema'

/** The best weights so far, and how long ago that was. Plain data: part of a checkpoint. */
export interface Best {
  /** 0: no epoch has finished. */
  readonly epoch: number
  readonly loss: number
  readonly parameters: Numbers
}

export const nothingYet = (parameters: Numbers): Best => ({ epoch: 0, loss: Infinity, parameters })

/** Better than the best by more than the smallest change that counts. */
export const isBetter = (loss: number, best: Best, settings: TrainingSettings): boolean =>
  loss < best.loss - (best.epoch ? (settings.earlyStopping?.minimumChange ?? 0) : 0)

export const isPatienceOver = (epoch: number, best: Best, { earlyStopping }: TrainingSettings): boolean =>
  earlyStopping !== null && epoch - best.epoch >= earlyStopping.patience

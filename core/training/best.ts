import type { TrainingSettings } from '../experiment/schema'
import type { NetworkState } from '../network/network-state'

/** The best weights so far, and how long ago that was. Plain data: part of a checkpoint. */
export interface Best extends NetworkState {
  /** 0: no epoch has finished. */
  readonly epoch: number
  readonly loss: number
}

export const nothingYet = (start: NetworkState): Best => ({ epoch: 0, loss: Infinity, ...start })

/** Better than the best by more than the smallest change that counts. */
export const isBetter = (loss: number, best: Best, settings: TrainingSettings): boolean =>
  loss < best.loss - (best.epoch ? (settings.earlyStopping?.minimumChange ?? 0) : 0)

export const isPatienceOver = (epoch: number, best: Best, { earlyStopping }: TrainingSettings): boolean =>
  earlyStopping !== null && epoch - best.epoch >= earlyStopping.patience

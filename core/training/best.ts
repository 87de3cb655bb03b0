import type { TrainingSettings } from '../experiment/schema'
import type { Better } from '../metrics/metric'
import type { NetworkState } from '../network/network-state'

/** The best weights so far, and how long ago that was. Plain data: a copy is part of a checkpoint. */
export interface Best extends NetworkState {
  /** 0: no epoch has finished. */
  readonly epoch: number
  /** Of what is watched; NaN before the first epoch. */
  readonly value: number
}

export const nothingYet = (start: NetworkState): Best => ({ epoch: 0, value: NaN, ...start })

/** With arrays of its own, as those of the training are written again. */
export const copyBest = (best: Best): Best => ({
  ...best,
  parameters: best.parameters.slice(),
  ...(best.statistics && { statistics: best.statistics.slice() }),
})

/** As a checkpoint holds it; one of a time when only losses were watched calls the value `loss`. */
export const readBest = ({ loss = NaN, ...best }: Best & { readonly loss?: number }): Best =>
  copyBest({ ...best, value: best.value ?? loss })

/** Better than the best by more than the smallest change that counts. What is not defined (null) is never better. */
export function isBetter(
  value: number | null,
  best: Best,
  better: Better,
  { earlyStopping }: Pick<TrainingSettings, 'earlyStopping'>,
): boolean {
  if (value === null) return false
  if (best.epoch === 0) return true
  const change = earlyStopping?.minimumChange ?? 0
  return better === 'lower' ? value < best.value - change : value > best.value + change
}

export const isPatienceOver = (epoch: number, best: Best, { earlyStopping }: TrainingSettings): boolean =>
  earlyStopping !== null && epoch - best.epoch >= earlyStopping.patience

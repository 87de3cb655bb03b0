import type { Change, ChangeSettings, Experiment } from '../../../../core/experiment/schema'
import { applyChange } from '../../../../core/training/changes/apply-change'
import { changeableSettings } from '../../../../core/training/changes/changeable'
import { comparePositions } from '../../../../core/training/changes/place'
import type { ChangeEvent } from '../../../../core/training/events'

/** A run's experiment as it will be when all its changes have taken effect. */
export const experimentAfter = (experiment: Experiment, changes: readonly Change[]): Experiment =>
  [...changes].sort(comparePositions).reduce((so, { set }) => applyChange(so, set, 'change'), experiment)

/** What of a wish is other than what is so already; nothing where all is the same. */
export function whatDiffers(now: Experiment, wish: ChangeSettings): ChangeSettings | null {
  const held = new Map(changeableSettings(now.network).map(({ path, value }) => [path, value]))
  const layers = Object.entries(wish.layers ?? {}).filter(([path, value]) => held.get(path) !== value)
  const { learningRate, batchSize, schedule } = wish
  const set: ChangeSettings = {
    ...(learningRate !== undefined && learningRate !== now.optimizer['learningRate'] && { learningRate }),
    ...(batchSize !== undefined && batchSize !== now.training.batchSize && { batchSize }),
    ...(schedule && JSON.stringify(schedule) !== JSON.stringify(now.schedule) && { schedule }),
    ...(layers.length > 0 && { layers: Object.fromEntries(layers) }),
  }
  return Object.keys(set).length ? set : null
}

export interface ListedChange extends Change {
  /** False while its batch is still to come, or was never reached. */
  readonly made: boolean
}

/** All changes of a run in their order; those that took effect are told apart by the events that said so. */
export const listedChanges = (planned: readonly Change[], made: readonly ChangeEvent[]): ListedChange[] =>
  planned.map((change, index) => ({ ...change, made: index < made.length }))

import type { Backend } from '../backends/backend'
import type { PreparedData, SplitName } from '../data/prepared'
import type { Change, ChangeSettings, Experiment } from '../experiment/schema'
import type { TrainedModel } from '../exports/export'
import type { Checkpoint } from './checkpoint'
import type { TrainingEvent } from './events'

export interface TrainerOptions {
  readonly experiment: Experiment
  readonly data: PreparedData
  readonly backend: Backend
  /** Seconds, from any start; only differences are used. */
  readonly clock: () => number
  /** Statistics of the layers are told as well, at their own rate. They change no bit of the training. */
  readonly watchLayers?: boolean
  /** Goes on from here instead of from the beginning; of the same experiment and data. */
  readonly resume?: Checkpoint
}

/** Predictions of one split: [rows, units], probabilities or values in the target's own unit. */
export interface SplitPredictions {
  readonly units: number
  /** Mean loss of the rows; null where it is not finite. */
  readonly loss: number | null
  readonly predictions: Float64Array
  readonly truth: Float64Array
  /** Row numbers in the file, from 1. */
  readonly fileRows: Uint32Array
}

/**
 * All batches are told of, or only some: the last ones before a telling, which comes when there is something to see. An epoch
 * has its event in any case, but several of them may be told together.
 */
export type BatchesTold = 'all' | 'some'

/**
 * One training. Whoever holds it pulls events; not pulling is a pause. `events` yields `start`, then a `step` for each
 * update, an `epoch` after each epoch, and `end` as its last. After `end` the kept weights are in place.
 */
export interface Trainer {
  readonly events: Generator<TrainingEvent, void, void>
  /** The next of the same events that are told together; none after the end. The trainer is where the last one says. */
  pull(): readonly TrainingEvent[]
  /** From now on; all, if nothing is said. */
  tellBatches(which: BatchesTold): void
  /** The next pull ends the training with reason `stopped`, keeping the best weights so far. */
  stop(): void
  /**
   * Changes settings of the training that goes on: learning rate and layers' settings before the next batch, batch size
   * and schedule before the next epoch. A `change` event tells when it takes effect.
   * @returns all changes of the training, past and to come
   * @throws LabError when a setting does not fit or the training ends before; nothing is changed then
   */
  change(set: ChangeSettings): readonly Change[]
  /** The weights kept now: the best so far (or the last, as the experiment says). */
  model(): TrainedModel
  /**
   * All that is needed to go on later with the same bits. Valid right after an `epoch` event that was told as the last of its
   * group, and after an `end` that came between two epochs: then it is of the last one.
   */
  checkpoint(): Checkpoint
  /** With the weights kept now; null for an empty split. Safe between pulls. */
  predict(split: SplitName): SplitPredictions | null
}

export type CreateTrainer = (options: TrainerOptions) => Trainer

import type { Config, Kind } from '../catalog/kind'

export interface ScheduleMoment {
  /** Epochs done so far; 0 in the first. */
  readonly epoch: number
  /** Of the whole training; after a warm-up, what is left, which need not be whole. */
  readonly epochs: number
  /** Optimizer steps done so far. */
  readonly step: number
  readonly stepsPerEpoch: number
}

/** What a schedule remembers between epochs: plain numbers, part of a checkpoint. */
export type ScheduleState = Readonly<Record<string, number>>

/** For a schedule that reacts to the loss. */
export interface ScheduleMemory<C> {
  readonly start: ScheduleState
  /** After each epoch; `loss` is the validation loss, or the training loss where there are no validation rows. */
  next(config: C, state: ScheduleState, loss: number): ScheduleState
}

export interface ScheduleKind<C extends Config = Config> extends Kind<C> {
  /**
   * The factor that the optimizer's rate is multiplied with in the step that comes next. Asked before every step; a
   * schedule by epoch gives the same for all steps of one.
   */
  factor(config: C, moment: ScheduleMoment, state: ScheduleState): number
  readonly memory?: ScheduleMemory<C>
}

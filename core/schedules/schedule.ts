import type { Config, Kind } from '../catalog/kind'
import type { Better } from '../metrics/metric'

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

/** For a schedule that reacts to what the training watches. */
export interface ScheduleMemory<C> {
  readonly start: ScheduleState
  /** After each epoch; `value` is what the training watches (its loss, or a metric), NaN where that is not defined. */
  next(config: C, state: ScheduleState, value: number, better: Better): ScheduleState
}

export interface ScheduleKind<C extends Config = Config> extends Kind<C> {
  /**
   * The factor that the optimizer's rate is multiplied with in the step that comes next. Asked before every step; a
   * schedule by epoch gives the same for all steps of one.
   */
  factor(config: C, moment: ScheduleMoment, state: ScheduleState): number
  readonly memory?: ScheduleMemory<C>
  /** True where the factor is always 1. */
  readonly steady?: true
}

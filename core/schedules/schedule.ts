import type { Config, Kind } from '../catalog/kind'

export interface ScheduleMoment {
  /** Epochs done so far; 0 in the first. */
  readonly epoch: number
  readonly epochs: number
  /** Optimizer steps done so far. */
  readonly step: number
  readonly stepsPerEpoch: number
}

export interface ScheduleKind<C extends Config = Config> extends Kind<C> {
  /** The factor that the optimizer's rate is multiplied with at this moment. */
  factor(config: C, moment: ScheduleMoment): number
}

import type { Numbers } from '../backends/backend'
import type { ScheduleState } from '../schedules/schedule'
import type { CourseState } from './changes/course'
import type { Best } from './best'
import type { Measured } from './events'
import type { MetricRateState } from './metric-rate'

/**
 * All that a training is at the end of an epoch. Random numbers and batch order follow from the seed and the epoch, so a
 * training that goes on from here ends with the same bits as one that never stopped.
 */
export interface Checkpoint {
  readonly version: 1
  readonly epoch: number
  readonly step: number
  /** Left out where every step was an update. */
  readonly updates?: number
  /** What the schedule remembers; left out where it remembers nothing. */
  readonly schedule?: ScheduleState
  readonly seconds: number
  /** The list of changes, those made while it ran included, and how far it is in it; left out where there are none. */
  readonly course?: CourseState
  /** Every persistent buffer: the network's state and the optimizer's state vectors. */
  readonly buffers: Readonly<Record<string, Numbers>>
  readonly best: Best
  /** Which epochs' metrics were measured follows from it. */
  readonly metricRate?: MetricRateState
  /** Of the best and the last epoch, if they were not told; left out where there are none. */
  readonly untold?: readonly Measured[]
  /** What a full-batch optimizer remembers, in float64; left out with the others. */
  readonly method?: Readonly<Record<string, Float64Array>>
}

import type { HelpPage } from '../errors/lab-error'
import type { RateFinderSettings, RatePoint } from '../training/rate-finder'
import type { SeriesEvent } from '../training/series'
import type { SeriesWish } from '../training/series-kinds'

/** Work of some length that gives numbers and leaves no weights behind. */
export type TaskWish = SweepWish | SeriesWish

/** The learning-rate range test. */
export interface SweepWish {
  readonly type: 'sweep'
  readonly settings: RateFinderSettings
}

/** Points of a sweep, in order. */
export interface PointsEvent {
  readonly type: 'points'
  readonly points: readonly RatePoint[]
}

/** The last event of a task. */
export interface DoneEvent {
  readonly type: 'done'
  /** False when it was stopped or failed; what was told before stays true. */
  readonly whole: boolean
  /** Why it failed. */
  readonly problem?: HelpPage
}

export type TaskEvent = PointsEvent | SeriesEvent | DoneEvent

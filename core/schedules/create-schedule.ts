import type { LayerEntry } from '../experiment/schema'
import type { Better } from '../metrics/metric'
import { schedules } from './registry'
import type { ScheduleMoment, ScheduleState } from './schedule'
import { afterWarmup, warmupShare, warmupSteps } from './warmup'

/** A schedule with its settings, and its warm-up before it. */
export interface Schedule {
  /** What it remembers before the first epoch. */
  readonly start: ScheduleState
  /** True where the factor is always 1, so that nobody need ask. */
  readonly steady: boolean
  /** The factor on the optimizer's rate in the step that comes next. */
  factor(moment: ScheduleMoment, state: ScheduleState): number
  /** What it remembers after the epoch that ended at `moment` with this value of what is watched: a loss, if not told. */
  next(moment: ScheduleMoment, state: ScheduleState, value: number, better?: Better): ScheduleState
}

const nothing: ScheduleState = {}

/** @throws LabError `unknown-kind` or `bad-setting` */
export function createSchedule(entry: LayerEntry): Schedule {
  const parsed = schedules.parse(entry, 'schedule')
  const { type, ...config } = parsed
  const kind = schedules.get(type)
  const lengthOf = ({ stepsPerEpoch }: ScheduleMoment): number => warmupSteps(parsed, stepsPerEpoch)
  return {
    start: kind.memory?.start ?? nothing,
    steady: kind.steady === true && parsed.warmup === 0,
    factor(moment, state) {
      const length = lengthOf(moment)
      // Asked before every step, which may be shorter than what follows.
      if (length === 0) return kind.factor(config, moment, state)
      const share = moment.step < length ? warmupShare(moment.step, length) : 1
      const step = Math.max(moment.step, length)
      return share * kind.factor(config, afterWarmup({ ...moment, step }, length), state)
    },
    next(moment, state, value, better = 'lower') {
      const reacts = kind.memory && moment.step > lengthOf(moment)
      return reacts ? kind.memory.next(config, state, value, better) : state
    },
  }
}

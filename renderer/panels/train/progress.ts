import { epochPosition } from '../../../core/training/epoch-position'
import type { EpochEvent, StartEvent, StepEvent } from '../../../core/training/events'

export interface Progress {
  /** Epoch under way or last done, from 1; 0 before the first step. */
  readonly epoch: number
  readonly epochs: number
  readonly step: number
  /** 0 to 1 */
  readonly share: number
  /** Training time without pauses, seconds. */
  readonly elapsed: number | null
  /** Seconds until the last epoch, if nothing ends the run before. */
  readonly left: number | null
  readonly samplesPerSecond: number | null
}

interface Told {
  readonly start: StartEvent | null
  readonly epochs: readonly EpochEvent[]
  readonly lastStep: StepEvent | null
  /** Asked for, where the run has not said it yet. */
  readonly wanted: number
}

/** Speed is taken over the latest epochs, so that it follows a computer that gets busy. */
const window = 20

/** Seconds of one epoch, from the latest ones; null before the first has ended or where the clock is too coarse. */
function secondsPerEpoch(epochs: readonly EpochEvent[]): number | null {
  const last = epochs.at(-1)
  if (!last) return null
  const before = epochs.at(-1 - window)
  const seconds = last.seconds - (before?.seconds ?? 0)
  const count = last.epoch - (before?.epoch ?? 0)
  return seconds > 0 && count > 0 ? seconds / count : null
}

/**
 * How far a run is, counted in epochs, since their steps may become more or fewer on the way. Pure: the same events give
 * the same numbers, and a pause stands still.
 */
export function progressOf({ start, epochs, lastStep, wanted }: Told): Progress {
  const last = epochs.at(-1)
  const done = Math.max(lastStep ? epochPosition(lastStep) : 0, last?.epoch ?? 0)
  const total = start?.epochs ?? wanted
  const pace = secondsPerEpoch(epochs)
  return {
    epoch: Math.max(lastStep?.epoch ?? 0, last?.epoch ?? 0),
    epochs: total,
    step: Math.max(lastStep?.step ?? 0, last?.step ?? 0),
    share: start ? Math.min(done / total, 1) : 0,
    elapsed: last ? last.seconds + (pace ?? 0) * (done - last.epoch) : null,
    left: pace === null ? null : Math.max(total - done, 0) * pace,
    samplesPerSecond: pace === null || !start ? null : start.rows.train / pace,
  }
}

/** `0.42 s`, `12 s`, `3 min 05 s`, `2 h 10 min` */
export function formatDuration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return '–'
  if (seconds < 10) return `${seconds.toFixed(seconds < 1 ? 2 : 1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const two = (value: number): string => String(value).padStart(2, '0')
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`
}

/** Rows a second with three significant figures: `12,300`. */
export const formatRate = (rate: number | null): string =>
  rate === null ? '–' : Number(rate.toPrecision(3)).toLocaleString('en')

import type { Backend } from '../../backends/backend'
import { profileSteps, type Profile, type ProfileRow } from './profile'
import { median, spread } from './statistics'
import { prepareSteps, type TrainingToTime } from '../../training/steps'

export interface MeasureOptions extends Omit<TrainingToTime, 'backend'> {
  /** A new one for the timed runs and for the profile: what a backend allocated goes only with the whole of it. */
  readonly createBackend: () => Backend
  /** Timed runs, after some that are not counted. */
  readonly runs: number
  /** Least seconds of each run. */
  readonly seconds: number
  /** Seconds from any start. */
  readonly clock: () => number
}

export interface Measurement {
  readonly rows: number
  readonly batchSize: number
  readonly parameters: number
  /** Floating-point operations of one step's products. */
  readonly stepFlops: number
  readonly stepsPerRun: number
  /** Seconds of one step in each run. */
  readonly stepSeconds: readonly number[]
  readonly median: {
    readonly stepSeconds: number
    readonly samplesPerSecond: number
    readonly gigaflops: number
    /** Of all epochs of the experiment. */
    readonly trainingSeconds: number
  }
  readonly fastest: { readonly stepSeconds: number }
  /** (slowest - fastest) / median of the runs. */
  readonly spread: number
  /** From runs of their own, that are not among the timed ones. */
  readonly profile: readonly ProfileRow[]
}

export type MeasureEvent =
  | { readonly type: 'warm' }
  | { readonly type: 'run'; readonly stepSeconds: number }
  | { readonly type: 'result'; readonly result: Measurement }

/**
 * Times training steps alone: forward, backward and update, with the copying of rows; no evaluation, no files. Yields
 * after each run, so that whoever pulls can stop between two.
 */
export function* measureTraining(options: MeasureOptions): Generator<MeasureEvent, void, void> {
  const { experiment, data } = options
  const timing = yield* timeSteps(options)
  const { rows: profile, stepFlops } = profileOf(options)
  const { batchSize, stepSeconds } = timing
  const rows = data.splits.train.length
  const middle = median(stepSeconds)
  const result: Measurement = {
    ...{ rows, stepFlops, ...timing },
    median: {
      stepSeconds: middle,
      samplesPerSecond: batchSize / middle,
      gigaflops: stepFlops / middle / 1e9,
      trainingSeconds: experiment.training.epochs * (rows / batchSize) * middle,
    },
    fastest: { stepSeconds: Math.min(...stepSeconds) },
    spread: spread(stepSeconds),
    profile,
  }
  yield { type: 'result', result }
}

type Timing = Pick<Measurement, 'batchSize' | 'parameters' | 'stepsPerRun' | 'stepSeconds'>

function* timeSteps(options: MeasureOptions): Generator<MeasureEvent, Timing, void> {
  const { clock, seconds, runs, experiment, data, createBackend } = options
  const backend = createBackend()
  try {
    const steps = prepareSteps({ experiment, data, backend })
    const timed = (count: number): number => {
      const from = clock()
      for (let i = 0; i < count; i++) steps.step()
      return clock() - from
    }
    const stepsPerRun = stepsFor(seconds, timed)
    yield { type: 'warm' }
    const stepSeconds: number[] = []
    for (let run = 0; run < runs; run++) {
      stepSeconds.push(timed(stepsPerRun) / stepsPerRun)
      yield { type: 'run', stepSeconds: stepSeconds.at(-1)! }
    }
    return { batchSize: steps.batchSize, parameters: steps.parameters, stepsPerRun, stepSeconds }
  } finally {
    backend.close?.()
  }
}

function profileOf({ experiment, data, createBackend, seconds, clock }: MeasureOptions): Profile {
  const backend = createBackend()
  try {
    return profileSteps({ experiment, data, backend }, { seconds, clock })
  } finally {
    backend.close?.()
  }
}

/** Doubles the steps until a run is long enough; this also warms everything up. */
function stepsFor(seconds: number, timed: (steps: number) => number): number {
  for (let steps = 1; ; steps *= 2) {
    const taken = timed(steps)
    if (taken >= seconds / 2) return Math.max(1, Math.ceil((steps * seconds) / taken))
  }
}

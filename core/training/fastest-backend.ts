import type { Backend } from '../backends/backend'
import type { PreparedData } from '../data/prepared'
import type { Experiment } from '../experiment/schema'
import { prepareSteps, type Steps } from './steps'

export interface BackendChoice {
  readonly name: string
  readonly create: () => Backend
}

export interface TrialOptions {
  readonly experiment: Experiment
  readonly data: PreparedData
  /** Seconds from any start. */
  readonly clock: () => number
}

/** Seconds that each of two should have, and of one turn. New code becomes quicker in its first tenths of a second. */
const TRIAL = 0.25
const TURN = 0.01
/** The first has to be beaten by more than what chance makes of it: others do not have the same bits everywhere. */
const CLEARLY = 0.8
/** Seconds of a whole training that are not worth other bits, nor a trial. */
const SHORT = 2

interface Trial {
  readonly choice: BackendChoice
  readonly backend: Backend
  readonly steps: Steps
  seconds: number
  /** Of one step, in the best turn. */
  stepSeconds: number
}

/**
 * Tries some steps of this training on each, on weights that are thrown away, and gives the quickest. The first is the
 * one that is always there, and the one for trainings that are over in a moment; others may fail to be made, and are
 * then left out.
 */
export function fastestBackend(
  [usual, ...further]: readonly [BackendChoice, ...BackendChoice[]],
  options: TrialOptions,
): BackendChoice {
  const first = start(usual, options)
  const trials = [first]
  try {
    takeTurn(first, options.clock)
    if (first.stepSeconds * stepsOf(options) < SHORT) return usual
    trials.push(...further.flatMap((choice) => startIfPossible(choice, options)))
    while (trials.some(({ seconds }) => seconds < TRIAL))
      for (const trial of trials) if (trial.seconds < TRIAL) takeTurn(trial, options.clock)
    const others = trials.slice(1)
    const best = others.reduce<Trial | null>(
      (least, trial) => (least && least.stepSeconds <= trial.stepSeconds ? least : trial),
      null,
    )
    return best && best.stepSeconds < CLEARLY * first.stepSeconds ? best.choice : first.choice
  } finally {
    for (const { backend } of trials) backend.close?.()
  }
}

/** With one step taken that is not counted: it makes the plans. */
function start(choice: BackendChoice, { experiment, data }: TrialOptions): Trial {
  const backend = choice.create()
  const steps = prepareSteps({ experiment, data, backend })
  steps.step()
  return { choice, backend, steps, seconds: 0, stepSeconds: Infinity }
}

function startIfPossible(choice: BackendChoice, options: TrialOptions): Trial[] {
  try {
    return [start(choice, options)]
  } catch {
    return []
  }
}

/** Of the whole training, if it is not ended early. */
function stepsOf({ experiment: { training }, data }: TrialOptions): number {
  return training.epochs * Math.ceil(data.splits.train.length / training.batchSize)
}

/** By turns, so that a computer that slows down does so for all. */
function takeTurn(trial: Trial, clock: () => number): void {
  const from = clock()
  let taken: number
  let count = 0
  do {
    trial.steps.step()
    count++
    taken = clock() - from
  } while (taken < TURN)
  trial.seconds += taken
  trial.stepSeconds = Math.min(trial.stepSeconds, taken / count)
}

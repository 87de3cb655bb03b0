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

/** Seconds that each of two should have, and of one turn. */
const TRIAL = 0.12
const TURN = 0.01
/** The first has to be beaten by more than what chance makes of it: others do not have the same bits everywhere. */
const CLEARLY = 0.85

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
 * one that is always there; others may fail to be made, and are then left out.
 */
export function fastestBackend(choices: readonly BackendChoice[], options: TrialOptions): BackendChoice {
  const trials = choices.flatMap((choice, i) => begin(choice, options, i > 0))
  try {
    while (trials.some(({ seconds }) => seconds < TRIAL))
      for (const trial of trials) takeTurn(trial, options.clock)
    const [first, ...others] = trials as [Trial, ...Trial[]]
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
function begin(choice: BackendChoice, { experiment, data }: TrialOptions, mayFail: boolean): Trial[] {
  try {
    const backend = choice.create()
    const steps = prepareSteps({ experiment, data, backend })
    steps.step()
    return [{ choice, backend, steps, seconds: 0, stepSeconds: Infinity }]
  } catch (error) {
    if (mayFail) return []
    throw error
  }
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

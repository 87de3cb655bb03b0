import { prepareSteps, type Steps } from '../../training/steps'
import { chooseBackend } from '../backend'
import type { Job } from './job'
import { secondsOf } from './seconds-of'
import { materialOfJob } from './train-job'

/** Seconds of a step in short stretches; stretches of the same number followed each other. */
export interface TwoThreads {
  readonly one: readonly number[]
  readonly two: readonly number[]
}

/** Pairs of stretches, and least seconds of a stretch: short, so that a machine that slows down does so for both. */
export const usualPairs = { pairs: 40, seconds: 0.1 }

/** The same training with one thread and with two in turn; neither may be pinned to one core. */
export function timeTwoThreads(
  job: Job,
  backend: string,
  clock: () => number,
  { pairs, seconds } = usualPairs,
): TwoThreads {
  const material = materialOfJob(job)
  const backends = [1, 2].map((threads) => chooseBackend(backend, threads, { ...material, clock }).create())
  try {
    const [one, two] = backends.map((own) => prepareSteps({ ...material, backend: own })) as [Steps, Steps]
    const times = (side: Steps, steps: number): number => secondsOf(() => repeat(side, steps), clock) / steps
    // Until both are compiled and the helper is there.
    for (const side of [two, one]) times(side, WARM)
    const steps = Math.ceil(seconds / times(one, WARM))
    const rounds = Array.from({ length: pairs }, (_, i) => {
      const own = i % 2 ? [two, one] : [one, two]
      const taken = own.map((side) => times(side, steps))
      return i % 2 ? taken.reverse() : taken
    })
    return { one: rounds.map((round) => round[0]!), two: rounds.map((round) => round[1]!) }
  } finally {
    for (const own of backends) own.close?.()
  }
}

/** Steps that are not counted. */
const WARM = 10

function repeat(side: Steps, steps: number): void {
  for (let step = 0; step < steps; step++) side.step()
}

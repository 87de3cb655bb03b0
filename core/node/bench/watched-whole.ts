import { prepareSteps, type TrainingToTime } from '../../training/steps'
import { createTrainer } from '../../training/trainer'
import { median } from './statistics'

/** Seconds of whole trainings in turn, from the first step to the end of the last epoch: bare, and watched as the app does it. */
export interface WholeTimes {
  readonly bare: readonly number[]
  readonly watched: readonly number[]
}

export interface WholeTiming extends Omit<TrainingToTime, 'backend'> {
  readonly create: () => TrainingToTime['backend']
  readonly clock: () => number
  /** In which as many are timed as go into it. */
  readonly seconds: number
}

/** The epochs of a short training are measured more often than those of a long one, so it is timed as a whole. */
export function timeWhole({ create, clock, seconds, ...training }: WholeTiming): WholeTimes {
  const backends = [create(), create()] as const
  const { epochs } = training.experiment.training
  // Both make their programs ready with the first step.
  const bare = (): number => {
    const steps = prepareSteps({ ...training, backend: backends[0] })
    const from = clock()
    for (let epoch = 0; epoch < epochs; epoch++) steps.epoch()
    return clock() - from
  }
  const watched = (): number => {
    const trainer = createTrainer({ ...training, backend: backends[1], clock, watchLayers: true })
    trainer.tellBatches('some')
    let trained = 0
    for (const event of trainer.events) if (event.type === 'epoch') trained = event.seconds
    return trained
  }
  // The first ones compile.
  const warmUntil = clock() + seconds / 2
  while (clock() < warmUntil) {
    bare()
    watched()
  }
  const times = { bare: [] as number[], watched: [] as number[] }
  const end = clock() + seconds
  for (let pair = 0; pair < 2 || clock() < end; pair++) {
    const first = pair % 2 ? 0 : watched()
    times.bare.push(bare())
    times.watched.push(first || watched())
  }
  return times
}

/** How much longer one takes for being watched, as a share: the middle of pairs that were timed one after the other. */
export const costOfWhole = ({ bare, watched }: WholeTimes): number =>
  median(bare.map((seconds, i) => watched[i]! / seconds)) - 1

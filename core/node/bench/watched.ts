import { createTrainer } from '../../training/trainer'
import { chooseBackend } from '../backend'
import type { Job } from './job'
import { median } from './statistics'
import { prepareSteps } from '../../training/steps'
import { materialOfJob } from './train-job'

/** Seconds of one epoch by its steps alone, and as the app trains: with events, metrics and the best weights kept. */
export interface Watched {
  readonly plain: readonly number[]
  readonly watched: readonly number[]
}

/** Least epochs that a median is taken of. */
const FEWEST = 7

/** Epochs of both kinds in turn, so that a machine that slows down does so for both. */
export function timeWatching(job: Job, backend: string, clock: () => number): Watched {
  const { experiment, data } = materialOfJob(job)
  const epochs = Math.max(FEWEST, job.epochs)
  const longer = { ...experiment, training: { ...experiment.training, epochs: epochs + 1 } }
  const { create } = chooseBackend(backend, 1, { experiment, data, clock })
  const steps = prepareSteps({ experiment, data, backend: create() })
  const trainer = createTrainer({ experiment: longer, data, backend: create(), clock })
  const plain: number[] = []
  const watched: number[] = []
  let before = 0
  for (const event of trainer.events) {
    if (event.type !== 'epoch') continue
    watched.push(event.seconds - before)
    before = event.seconds
    const from = clock()
    steps.epoch()
    plain.push(clock() - from)
  }
  // The first epoch of each makes its plans.
  return { plain: plain.slice(1), watched: watched.slice(1) }
}

/** How much longer an epoch takes for being watched, as a share of it: of the medians, and of the fastest. */
export const costOfWatching = ({ plain, watched }: Watched) => ({
  median: median(watched) / median(plain) - 1,
  fastest: Math.min(...watched) / Math.min(...plain) - 1,
})

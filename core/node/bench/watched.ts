import { usualPace } from '../../protocol/session'
import { thin } from '../../protocol/thin'
import { prepareSteps } from '../../training/steps'
import type { TrainingEvent } from '../../training/events'
import { createTrainer } from '../../training/trainer'
import type { Trainer } from '../../training/trainer-api'
import { chooseBackend } from '../backend'
import type { Job } from './job'
import { median } from './statistics'
import { materialOfJob } from './train-job'

/**
 * Seconds of an epoch in stretches of many. Plain: its steps alone, in a new order for each epoch. Watched: as the app trains
 * it, with the loss of every epoch, the best weights kept, metrics and statistics of the layers at their usual rates, and events taken,
 * thinned and copied into messages as often as the window is sent some.
 */
export interface Watched {
  readonly plain: readonly number[]
  readonly watched: readonly number[]
}

/** Stretches of each kind that medians are taken of, and least seconds of one. */
const STRETCHES = 7
const LEAST = 0.5

/** Stretches of both kinds in turn, so that a machine that slows down does so for both. */
export function timeWatching(job: Job, backend: string, clock: () => number): Watched {
  const { experiment, data } = materialOfJob(job)
  const longer = { ...experiment, training: { ...experiment.training, epochs: 1_000_000 } }
  const { create } = chooseBackend(backend, 1, { experiment, data, clock })
  const steps = prepareSteps({ experiment, data, backend: create() })
  const plain = (epochs: number): void => {
    for (let epoch = 0; epoch < epochs; epoch++) steps.epoch()
  }
  const trainer = createTrainer({ experiment: longer, data, backend: create(), clock, watchLayers: true })
  const watched = watcherOf(trainer, clock)
  const epochs = epochsFor(LEAST, plain, clock)
  // The first epochs make the plans; what is compiled on the way is so after a stretch.
  watched(epochs)
  const times = { plain: [] as number[], watched: [] as number[] }
  for (let i = 0; i < STRETCHES; i++) {
    times.plain.push(secondsOf(() => plain(epochs), clock) / epochs)
    times.watched.push(secondsOf(() => watched(epochs), clock) / epochs)
  }
  return times
}

/** Trains so many epochs and sends their events off, as a session does. */
function watcherOf(trainer: Trainer, clock: () => number): (epochs: number) => void {
  let waiting: TrainingEvent[] = []
  let sent = 0
  trainer.tellBatches('some')
  return (epochs) => {
    let done = 0
    while (done < epochs) {
      for (const event of trainer.pull()) {
        waiting.push(event)
        if (event.type === 'epoch') done++
        else if (event.type === 'end') throw new Error(`the training ended: ${event.reason}`)
      }
      if (clock() - sent < usualPace.gap / 1000) continue
      sent = clock()
      structuredClone(thin(waiting, usualPace))
      waiting = []
    }
  }
}

function secondsOf(act: () => void, clock: () => number): number {
  const from = clock()
  act()
  return clock() - from
}

/** Doubles the epochs until they take long enough. */
function epochsFor(seconds: number, train: (epochs: number) => void, clock: () => number): number {
  for (let epochs = 1; ; epochs *= 2) {
    const taken = secondsOf(() => train(epochs), clock)
    if (taken >= seconds) return Math.ceil((epochs * seconds) / taken)
  }
}

/** How much longer an epoch takes for being watched, as a share of it: of the medians, and of the fastest. */
export const costOfWatching = ({ plain, watched }: Watched) => ({
  median: median(watched) / median(plain) - 1,
  fastest: Math.min(...watched) / Math.min(...plain) - 1,
})

import { serialize } from 'node:v8'
import { usualPace } from '../../protocol/session'
import { Gathered } from '../../protocol/gathered'
import { prepareSteps, type Steps } from '../../training/steps'
import { createTrainer } from '../../training/trainer'
import type { Trainer } from '../../training/trainer-api'
import { chooseBackend } from '../backend'
import type { Job } from './job'
import { materialOfJob } from './train-job'
import { costOfWhole, timeWhole } from './watched-whole'

/**
 * Seconds of a step, as one process found them, of trainings that take the same steps. Bare: forward, backward and update, with
 * nothing around them. Told: as the app trains, with the loss of every epoch, the best weights kept, and events taken, thinned and
 * made into messages as often as the window is sent some. Watched: with metrics and statistics of the layers at their usual rates, too.
 *
 * The cost that is looked for is a few hundredths, while the machine may go faster or slower by more than that at any moment. So they go on
 * in turn, a few milliseconds each, and all of these stretches are added up before they are compared: what is slow for one is
 * slow for the others. A median of pairs would leave out what few stretches have but all pay for: freed memory, messages, measured
 * epochs. Processor time is taken, so that it does not count when other programs have a turn.
 *
 * Where memory comes to lie, and what is compiled when, differs from process to process and then lasts: two equal sides of one
 * process are up to a hundredth apart. So several processes are asked.
 */
export interface StepTimes {
  readonly bare: number
  readonly told: number
  readonly watched: number
  /** What a whole training of its usual epochs costs more; null where it is not a short one. */
  readonly whole: number | null
}

/** A whole training is short up to so many seconds. */
const SHORT = 0.1

/** Both in seconds. */
export interface Clocks {
  readonly clock: () => number
  readonly processor: () => number
}

/** Least seconds of a stretch; of all of them before they count, and of those that do. */
export interface Stretches {
  readonly stretch: number
  readonly warm: number
  readonly counted: number
}

export const usualStretches: Stretches = { stretch: 0.003, warm: 5, counted: 6 }

/** One of several trainings of the same steps: goes on until it has done so many, or some more, and says how many. */
export type Side = (steps: number) => number

/**
 * @param job its first seed says which side is made first, which is another one in each process
 * @param bare all sides alike, to see what measuring itself is off by */
export function timeWatching(
  job: Job,
  backend: string,
  clocks: Clocks,
  { bare, ...stretches }: Stretches & { readonly bare?: boolean } = usualStretches,
): StepTimes {
  const { clock } = clocks
  const { experiment, data } = materialOfJob(job)
  const { create } = chooseBackend(backend, 1, { experiment, data, clock })
  let looked = false
  const bareSide = (): Side => bareOf(prepareSteps({ experiment, data, backend: create() }))
  const toldSide = (settings: object, watchLayers: boolean): Side => {
    if (bare) return bareSide()
    const training = { ...experiment.training, epochs: ENDLESS, ...settings }
    const options = { experiment: { ...experiment, training }, data, backend: create(), clock, watchLayers }
    return toldOf(createTrainer(options), clock, () => (looked = true))
  }
  const makers = [bareSide, () => toldSide({ metricsEvery: ENDLESS }, false), () => toldSide({}, true)]
  const sides: Side[] = []
  for (let i = 0; i < makers.length; i++) {
    const turn = ((job.seeds[0] ?? 0) + i) % makers.length
    sides[turn] = makers[turn]!()
  }
  let warm = inTurn(sides, { steps: 1, seconds: stretches.warm }, clocks)
  for (let more = 0; more < PATIENCE && !bare && !looked; more++)
    warm = inTurn(sides, { steps: 1, seconds: stretches.warm }, clocks)
  const steps = Math.ceil(stretches.stretch / Math.min(...warm))
  const times = inTurn(sides, { steps, seconds: stretches.counted }, clocks)
  const trained =
    times[0]! *
    experiment.training.epochs *
    Math.ceil(data.splits.train.length / experiment.training.batchSize)
  const whole =
    trained > SHORT || bare
      ? null
      : costOfWhole(timeWhole({ experiment, data, create, clock, seconds: stretches.counted / 2 }))
  return { bare: times[0]!, told: times[1]!, watched: times[2]!, whole }
}

const ENDLESS = 1e9

/** Times more that it is warmed up where the layers were not looked at yet: making that ready is paid once, not again and again. */
const PATIENCE = 2

/** Seconds between two messages, which are three times as far apart where three trainings go on in turn. */
const GAP = (3 * usualPace.gap) / 1000

/** Seconds of a step of each side, from stretches of at least so many steps, until so many seconds are over. */
export function inTurn(
  sides: readonly Side[],
  { steps, seconds }: { readonly steps: number; readonly seconds: number },
  { clock, processor }: Clocks,
): number[] {
  const done = sides.map((side) => side(0))
  const from = [...done]
  const spent = sides.map(() => 0)
  const end = clock() + seconds
  for (let round = 0; round === 0 || clock() < end; round++) {
    // All go as far as the first one, which is another one each time.
    let goal = Math.max(...done) + steps
    for (let i = 0; i < sides.length; i++) {
      const turn = (round + i) % sides.length
      const before = processor()
      goal = done[turn] = sides[turn]!(goal)
      spent[turn]! += processor() - before
    }
  }
  return spent.map((sum, i) => sum / (done[i]! - from[i]!))
}

export function bareOf(bare: Pick<Steps, 'advance'>): Side {
  let done = 0
  return (steps) => {
    bare.advance(Math.max(0, steps - done))
    return (done = Math.max(done, steps))
  }
}

/** Makes its events into messages, as a session does. @param whenLooked called when there are statistics of the layers */
function toldOf(trainer: Trainer, clock: () => number, whenLooked: () => void): Side {
  const waiting = new Gathered(usualPace)
  let [sent, done] = [0, 0]
  trainer.tellBatches('some')
  return (steps) => {
    while (done < steps) {
      for (const event of trainer.pull()) {
        waiting.add(event)
        if (event.type === 'end') throw new Error(`the training ended: ${event.reason}`)
        if (event.type === 'statistics') whenLooked()
        if (event.type === 'epoch' || event.type === 'step') done = event.step
      }
      if (clock() - sent < GAP) continue
      sent = clock()
      serialize(waiting.take())
    }
    return done
  }
}

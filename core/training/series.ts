import type { Backend } from '../backends/backend'
import type { PreparedData, SplitName } from '../data/prepared'
import type { Experiment } from '../experiment/schema'
import type { EndEvent, TrainingEvent } from './events'
import { spreadOf, type Spread } from './spread'
import { createTrainer } from './trainer'

/** One training of several that are compared. */
export interface Member {
  readonly experiment: Experiment
  readonly data: PreparedData
}

export interface SeriesHost {
  /** A fresh one for each training, so that its memory goes with it. */
  readonly createBackend: () => Backend
  /** Seconds from any start. */
  readonly clock: () => number
}

/** How one training ended. */
export interface MemberResult extends Omit<EndEvent, 'type'> {
  /** From 1. */
  readonly number: number
  readonly seed: number
  readonly splitSeed: number
  readonly rows: Readonly<Record<SplitName, number>>
}

export type SeriesEvent =
  | { readonly type: 'training'; readonly number: number; readonly event: TrainingEvent }
  | { readonly type: 'result'; readonly result: MemberResult }

/**
 * Trains one after the other. Whoever holds it pulls events, as with a trainer; not pulling any more leaves the training
 * under way and keeps the results so far.
 * @throws LabError the pages of `createTrainer`, and those of the members' data
 */
export function* trainSeries(
  members: Iterable<Member>,
  { createBackend, clock }: SeriesHost,
): Generator<SeriesEvent, void, void> {
  let number = 0
  for (const { experiment, data } of members) {
    number++
    const backend = createBackend()
    try {
      const trainer = createTrainer({ experiment, data, backend, clock })
      trainer.tellBatches('some')
      for (const event of trainer.events) {
        yield { type: 'training', number, event }
        if (event.type === 'end')
          yield { type: 'result', result: resultOf(number, { experiment, data }, event) }
      }
    } finally {
      backend.close?.()
    }
  }
}

/** What is kept of a training that ended. */
export function resultOf(
  number: number,
  { experiment, data }: Member,
  { type: _, ...end }: EndEvent,
): MemberResult {
  const { train, validation, test } = data.splits
  return {
    number,
    seed: experiment.training.seed,
    splitSeed: experiment.data.split.seed,
    rows: { train: train.length, validation: validation.length, test: test.length },
    ...end,
  }
}

/** The split that results are judged by: the test rows, or what there is in their place. */
export const judgedSplit = ({ metrics }: Pick<MemberResult, 'metrics'>): SplitName =>
  metrics.test ? 'test' : metrics.validation ? 'validation' : 'train'

/** Mean and spread of each metric of a split over the results. */
export function summarize(results: readonly MemberResult[], split: SplitName): Record<string, Spread> {
  const names = [...new Set(results.flatMap(({ metrics }) => Object.keys(metrics[split] ?? {})))]
  return Object.fromEntries(
    names.map((name) => [name, spreadOf(results.map(({ metrics }) => metrics[split]?.[name]))]),
  )
}

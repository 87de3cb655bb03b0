import { allocateLocally, type Allocate } from '../data/apply'
import { prepareData } from '../data/prepare'
import type { PreparedData } from '../data/prepared'
import { splitKinds } from '../data/splits/kinds'
import type { Table } from '../data/table'
import { LabError } from '../errors/lab-error'
import type { Experiment } from '../experiment/schema'
import { trainSeries, type Member, type SeriesEvent, type SeriesHost } from './series'

export interface Repetition {
  readonly table: Table
  readonly experiment: Experiment
  readonly times: number
  /** True: every repeat shares the rows out anew; false: only the training's chance changes. */
  readonly varySplit: boolean
}

/**
 * The same training with seeds counted up from the experiment's own, so that the first repeat is the experiment itself.
 * @throws LabError `split-fixed`, and the pages of `prepareData` and `createTrainer`
 */
export const repeatTraining = (wish: Repetition, host: SeriesHost): Generator<SeriesEvent, void, void> =>
  trainSeries(repeatMembers(wish), host)

export function* repeatMembers(wish: Repetition): Generator<Member> {
  let known: PreparedData | undefined
  for (let i = 0; i < wish.times; i++) {
    const member = repeatMember(wish, i, known)
    known = member.data
    yield member
  }
}

/**
 * @param i from 0
 * @param known the data of another repeat, which serve where the split stays as it is
 */
export function repeatMember(
  { table, experiment, varySplit }: Repetition,
  i: number,
  known?: PreparedData,
  allocate: Allocate = allocateLocally,
): Member {
  const { strategy } = experiment.data.split
  if (varySplit && splitKinds[strategy].fixed) refuseFixed(strategy)
  const seeded = withSeeds(experiment, i, varySplit)
  const data = (!varySplit && known) || prepareData(table, seeded, allocate)
  return { experiment: seeded, data }
}

const SEEDS = 2 ** 32

function withSeeds(experiment: Experiment, i: number, varySplit: boolean): Experiment {
  const { data, training } = experiment
  const split = varySplit ? { ...data.split, seed: (data.split.seed + i) % SEEDS } : data.split
  return {
    ...experiment,
    data: { ...data, split },
    training: { ...training, seed: (training.seed + i) % SEEDS },
  }
}

function refuseFixed(strategy: string): never {
  throw new LabError({
    code: 'split-fixed',
    expected: 'a split that depends on a seed: stratified, random or grouped',
    came: `the strategy "${strategy}", which always gives the same split`,
    advice: 'Change the strategy, or repeat without changing the split.',
    place: { path: 'data.split.strategy' },
  })
}

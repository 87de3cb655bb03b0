import { allocateLocally, type Allocate } from '../data/apply'
import { foldSplit } from '../data/fold-split'
import { prepareData } from '../data/prepare'
import { splitOf } from '../data/splits/together'
import type { Table } from '../data/table'
import type { Experiment, SplitSettings } from '../experiment/schema'
import { trainSeries, type Member, type SeriesEvent, type SeriesHost } from './series'

export interface CrossValidation {
  readonly table: Table
  readonly experiment: Experiment
  readonly folds: number
  /** Column whose equal cells keep rows together; goes before the strategy of the experiment. */
  readonly group?: string
}

/**
 * k-fold cross-validation (Stone 1974; Kohavi 1995): every row is a test row once. Preprocessing is fitted anew on each
 * fold's training rows, and what early stopping watches is taken from them too, so nothing of the test rows leaks.
 * @throws LabError `bad-folds`, `unknown-column`, and the pages of `prepareData` and `createTrainer`
 */
export const crossValidate = (wish: CrossValidation, host: SeriesHost): Generator<SeriesEvent, void, void> =>
  trainSeries(foldMembers(wish), host)

/** One after the other, when asked for: only one fold's data is in memory. */
export function* foldMembers(wish: CrossValidation): Generator<Member> {
  for (let fold = 0; fold < wish.folds; fold++) yield foldMember(wish, fold)
}

/** @param fold from 0 */
export function foldMember(
  { table, experiment, folds, group }: CrossValidation,
  fold: number,
  allocate: Allocate = allocateLocally,
): Member {
  const { data } = experiment
  const split: SplitSettings =
    group === undefined ? data.split : { ...data.split, strategy: 'grouped', by: group }
  const made = { ...experiment, data: { ...data, split } }
  return {
    experiment,
    data: prepareData(table, made, allocate, foldSplit({ folds, split: splitOf(made.data) }, fold)),
  }
}

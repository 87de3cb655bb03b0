import type { Experiment } from '../experiment/schema'
import { allocateLocally, applyFeatures, applyTarget, type Allocate } from './apply'
import { checkLossFitsColumn, checkLossFitsNumbers } from './check-loss'
import { resolveColumns, type ResolvedColumns } from './columns'
import type { PreparedData } from './prepared'
import { fitPreprocessing } from './preprocessing'
import { rowWeights } from './row-weight'
import { splitRows, type Splits } from './split'
import type { Table } from './table'
import { classReader, describeTarget, filledRows } from './target'

/** The rows that a split shares out, by their place 0 .. count-1. */
export interface RowsToSplit {
  readonly count: number
  /** Class of each; left out where the target is a number. */
  readonly classes?: readonly number[]
  /** Row of each in the table. */
  readonly tableRows: Uint32Array
}

export type MakeSplit = (rows: RowsToSplit) => Splits

/**
 * From table and experiment to data that can be trained on: drops rows without a target, splits, fits the preprocessing
 * on the training rows alone, and encodes all rows into one shared copy. `split` stands in for the experiment's own shares, as folds do.
 * @throws LabError the help pages of `resolveColumns`, `checkLossFitsColumn`, `checkLossFitsNumbers`,
 * `describeTarget`, `rowWeights` and `splitRows`
 */
export function prepareData(
  table: Table,
  experiment: Pick<Experiment, 'data' | 'loss'>,
  allocate: Allocate = allocateLocally,
  split: MakeSplit = ({ count, classes }) => splitRows(count, experiment.data.split, classes),
): PreparedData {
  const columns = resolveColumns(table, experiment.data.columns, experiment.loss)
  checkLossFitsColumn(columns.target.column, experiment.loss)
  const kept = keptRows(columns)
  checkLossFitsNumbers(columns.target, experiment.loss, kept)
  const description = describeTarget(columns.target.column, kept)
  const read =
    description.type === 'number' ? undefined : classReader(columns.target.column, description.classes)
  const classes = read && Array.from(kept, read)
  const splits = split({ count: kept.length, tableRows: kept, ...(classes && { classes }) })
  const trainRows = splits.train.map((row) => kept[row]!)
  const preprocessing = fitPreprocessing(table, { ...columns, description }, trainRows)
  const typed = withColumns(table, columns)
  const { features } = applyFeatures(preprocessing, typed, kept, allocate)
  const targets = applyTarget(preprocessing, typed, kept, allocate)
  return {
    preprocessing,
    features,
    targets,
    ...(columns.weight && { weights: rowWeights(columns.weight.column, kept, allocate) }),
    splits: shareSplits(splits, allocate),
    fileRows: share(
      kept.map((row) => row + 1),
      allocate,
    ),
  }
}

/** Rows with a target, and with a value in every column whose missing cells drop the row. */
function keptRows({ target, features }: ResolvedColumns): Uint32Array {
  const dropping = features.filter(({ missing }) => missing === 'drop')
  const filled = dropping.map(({ column }) => new Set(filledRows(column)))
  return filledRows(target.column).filter((row) => filled.every((rows) => rows.has(row)))
}

/** The table with the columns that take part as the experiment types them. */
const withColumns = (table: Table, { target, features }: ResolvedColumns): Table => ({
  ...table,
  columns: [...features, target].map(({ column }) => column),
})

function shareSplits({ train, validation, test }: Splits, allocate: Allocate): Splits {
  return {
    train: share(train, allocate),
    validation: share(validation, allocate),
    test: share(test, allocate),
  }
}

function share(rows: Uint32Array, allocate: Allocate): Uint32Array {
  const copy = new Uint32Array(allocate(rows.length * 4))
  copy.set(rows)
  return copy
}

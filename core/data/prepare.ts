import type { Experiment } from '../experiment/schema'
import { allocateLocally, applyFeatures, applyTarget, type Allocate } from './apply'
import { checkLossFitsColumn, checkLossFitsNumbers } from './check-loss'
import { classesOf, classesToShare } from './classes-to-share'
import { checkDerived } from './derived/check-derived'
import { resolveColumns, type ResolvedColumns } from './columns'
import { writeInputs } from './features'
import { groupRows } from './group-rows'
import { splitNames, type PreparedData, type TargetDescription } from './prepared'
import { fitSelected } from './select-features'
import { rowWeights } from './row-weight'
import { splitRows, type Splits } from './split'
import type { RowsToShare } from './splits/split-kind'
import { withGap } from './splits/gap'
import { splitOf, staysTogether, togetherKeys } from './splits/together'
import { splitKeys } from './splits/split-keys'
import type { Table } from './table'
import { takeRows } from './take-rows'
import { withoutContradictions } from './without-contradictions'
import { describeTarget, filledInAll, isFilled } from './target'

export type MakeSplit = (rows: RowsToShare) => Splits

/**
 * From table and experiment to data that can be trained on: drops rows without a target, splits, fits the preprocessing
 * on the training rows alone, and encodes all rows into one shared copy. `split` stands in for the experiment's own shares, as folds do.
 * @throws LabError the help pages of `resolveColumns`, `checkDerived`, `checkLossFitsColumn`, `checkLossFitsNumbers`,
 * `describeTarget`, `rowWeights`, `splitKeys` and `splitRows`
 */
export function prepareData(
  table: Table,
  experiment: Pick<Experiment, 'data' | 'loss'>,
  allocate: Allocate = allocateLocally,
  split: MakeSplit = (rows) => splitRows(rows, splitOf(experiment.data)),
): PreparedData {
  const columns = resolveColumns(table, experiment.data.columns, experiment.loss)
  checkDerived(table, experiment.data, columns)
  const goals = columns.targets.map(({ column }) => column)
  goals.forEach((column) => checkLossFitsColumn(column, experiment.loss))
  const filled = keptRows(columns, experiment.data.repeats)
  columns.targets.forEach((target) => checkLossFitsNumbers(target, experiment.loss, filled))
  const description = describeTarget(goals, filled)
  const dealt = dealOut({ table, data: experiment.data, columns, description }, filled, split)
  const { splits, kept } = onlyShared(dealt, filled)
  const trainRows = takeRows(kept, splits.train)
  const { preprocessing, crossFitted } = fitSelected(
    { ...columns, description },
    trainRows,
    experiment.data.select,
  )
  const typed = withColumns(table, columns)
  const { features } = applyFeatures(preprocessing, typed, kept, allocate)
  for (const inputs of crossFitted) writeInputs(features, splits.train, inputs)
  const targets = applyTarget(preprocessing, typed, kept, allocate)
  return {
    preprocessing,
    features,
    targets,
    ...(columns.weight && { weights: rowWeights(columns.weight.column, kept, allocate) }),
    splits: shareSplits(splits, allocate),
    fileRows: share(kept, allocate, 1),
  }
}

interface Deal {
  readonly table: Table
  readonly data: Experiment['data']
  readonly columns: ResolvedColumns
  readonly description: TargetDescription
}

/** The rows by their places in `rows`, each in one split or in none. */
function dealOut({ table, data, columns, description }: Deal, rows: Uint32Array, split: MakeSplit): Splits {
  const { features, targets } = columns
  const goals = targets.map(({ column }) => column)
  const cases = classesOf(goals, description, rows)
  const classes = cases && classesToShare(cases, description)
  const keys = staysTogether(data) ? togetherKeys(features, rows) : splitKeys(table, data, rows)
  const drawn = split({ count: rows.length, ...(classes && { classes }), ...(keys && { keys }) })
  const shared = withGap(drawn, table, data, goals, rows)
  return cases && data.contradictions === 'leave-out'
    ? withoutContradictions(shared, features, rows, cases)
    : shared
}

/** Rows with a target, and with a value in every column whose missing cells drop the row; of repeated rows the first, if so set. */
function keptRows(
  { targets, features, weight }: ResolvedColumns,
  repeats: Experiment['data']['repeats'],
): Uint32Array {
  const dropping = features.filter(({ missing }) => missing.type === 'drop')
  const kept = dropping.reduce(
    (rows, { column }) => rows.filter((row) => isFilled(column, row)),
    filledInAll(targets.map(({ column }) => column)),
  )
  if (repeats !== 'first') return kept
  const taking = [...targets, ...features, ...(weight ? [weight] : [])].map(({ column }) => column)
  const firsts = groupRows(taking, kept)
  return kept.filter((_, place) => firsts[place] === place)
}

/** Without the rows that no split took, such as those without a time. */
function onlyShared(splits: Splits, rows: Uint32Array): { splits: Splits; kept: Uint32Array } {
  const taken = splitNames.reduce((sum, name) => sum + splits[name].length, 0)
  if (taken === rows.length) return { splits, kept: rows }
  const places = new Int32Array(rows.length).fill(-1)
  for (const name of splitNames) for (const row of splits[name]) places[row] = 0
  let next = 0
  const kept = rows.filter((_, row) => places[row] === 0 && (places[row] = next++) >= 0)
  const moved = (each: Uint32Array): Uint32Array => each.map((row) => places[row]!)
  return {
    splits: { train: moved(splits.train), validation: moved(splits.validation), test: moved(splits.test) },
    kept,
  }
}

/** The table with the columns that take part as the experiment types them. */
const withColumns = (table: Table, { targets, features }: ResolvedColumns): Table => ({
  ...table,
  columns: [...features, ...targets].map(({ column }) => column),
})

function shareSplits({ train, validation, test }: Splits, allocate: Allocate): Splits {
  return {
    train: share(train, allocate),
    validation: share(validation, allocate),
    test: share(test, allocate),
  }
}

/** The rows, each with `add` added. */
function share(rows: Uint32Array, allocate: Allocate, add = 0): Uint32Array {
  const copy = new Uint32Array(allocate(rows.length * 4))
  for (let i = 0; i < rows.length; i++) copy[i] = rows[i]! + add
  return copy
}

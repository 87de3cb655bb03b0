import { allRows, applyFeatures, applyTarget, targetRows, typesForPrediction } from '../../data/apply'
import { cellRulesOf } from '../../data/columns'
import {
  matchColumns,
  refuseAbsent,
  withEmptyColumns,
  type AbsentColumns,
  type ColumnMatch,
} from '../../data/match-columns'
import { deriveForPrediction, typesWithNeeded } from '../../data/derived/derive-for-prediction'
import { findMissingHistory, type MissingHistory } from '../../data/derived/missing-history'
import type { PreparedData } from '../../data/prepared'
import { rowWeights } from '../../data/row-weight'
import type { Table } from '../../data/table'
import { outputUnits, targetColumns } from '../../data/target-parts'
import { findUnseen, type UnseenCells } from '../../data/unseen'
import type { Experiment } from '../../experiment/schema'
import type { TrainedModel } from '../../exports/export'
import type { ColumnRules } from '../reader/read-table'
import { readSource } from '../reader/source'
import { allocateShared } from './shared-memory'

export interface EncodedFile {
  /** No splits: all rows are alike. Without a target, `targets` holds zeros. */
  readonly data: PreparedData
  /** Rows left out, as their target is missing. */
  readonly dropped: number
  readonly match: ColumnMatch
  /** Cells with a category that training never saw. */
  readonly unseen: readonly UnseenCells[]
  /** Inputs from earlier rows that this file lacks for some of its rows. */
  readonly missingHistory: readonly MissingHistory[]
  /** The run's column of weights, where this file has none: all rows count alike. */
  readonly missingWeight?: string
}

export interface EncodeOptions {
  /** `judged`: rows without a target are left out. `left-out`: all rows, whatever the target says. */
  readonly targets: 'judged' | 'left-out'
  readonly absent?: AbsentColumns
}

const none = new Uint32Array()

/**
 * Encodes a further table with a model's own preprocessing. What marks a missing cell is taken from the run; delimiter,
 * encoding and decimal mark are found out anew, as another program may have written this file.
 * @throws LabError for a missing column, or cells that do not fit, weights of rows included
 */
export async function encodeFile(
  { preprocessing, experiment }: TrainedModel,
  source: string,
  folder: string,
  { targets, absent = 'refuse' }: EncodeOptions,
): Promise<EncodedFile> {
  const { missing } = experiment.data.csv
  const judged = targets === 'judged'
  const weight = judged ? weightColumn(experiment) : undefined
  const goals = new Set(targetColumns(preprocessing.target))
  const known = Object.entries(typesForPrediction(preprocessing))
  const types = {
    ...Object.fromEntries(known.filter(([name]) => judged || !goals.has(name))),
    ...(weight !== undefined && { [weight]: 'number' as const }),
  }
  const { table: given } = await readSource(source, folder, {
    csv: { missing },
    types: {
      ...typesWithNeeded(types, experiment, preprocessing, judged),
      ...strictIntegers(experiment, judged ? new Set() : goals),
    },
    rules: rulesToReplay(experiment, judged ? new Set() : goals),
  })
  const names = given.columns.map(({ name }) => name)
  const match = matchColumns(preprocessing, experiment, names)
  if (absent === 'refuse') refuseAbsent(match, given)
  const whole = withEmptyColumns(given, match.absent)
  const table = deriveForPrediction(whole, experiment, preprocessing, judged && match.hasTarget)
  const rows = judged ? targetRows(preprocessing, table) : allRows(table.rowCount)
  const { features } = applyFeatures(preprocessing, table, rows, allocateShared)
  const data: PreparedData = {
    preprocessing,
    features,
    targets: judged
      ? applyTarget(preprocessing, table, rows, allocateShared)
      : emptyTargets(preprocessing, rows.length),
    ...weightsOf(weight, table, rows),
    splits: { train: none, validation: none, test: none },
    fileRows: rows.map((row) => row + 1),
  }
  const isWeightMissing = weight !== undefined && !data.weights
  return {
    ...{ data, match, dropped: table.rowCount - rows.length, unseen: findUnseen(preprocessing, table) },
    missingHistory: findMissingHistory(preprocessing, experiment, table),
    ...(isWeightMissing && { missingWeight: weight }),
  }
}

/** Where training took numbers with decimals for missing, they are so here; elsewhere a network that knows 3 and 4 may be asked for 3.5. */
const strictIntegers = ({ data }: Experiment, without: ReadonlySet<string>): Record<string, 'integer'> =>
  Object.fromEntries(
    Object.entries(data.columns).flatMap(([name, { type, unreadable, role }]) =>
      type === 'integer' && unreadable === 'missing' && role !== 'ignore' && !without.has(name)
        ? [[name, type]]
        : [],
    ),
  )

/** Cells are read as in training; whole columns that became words there have their type already. */
function rulesToReplay({ data }: Experiment, without: ReadonlySet<string>): ColumnRules {
  const rules = Object.entries(cellRulesOf(data.columns)).filter(([name]) => !without.has(name))
  return Object.fromEntries(
    rules.map(([name, { unreadable, ...rule }]) => [
      name,
      unreadable === 'missing' ? { ...rule, unreadable } : rule,
    ]),
  )
}

/** The column that said how much each row counts in training. */
const weightColumn = ({ data: { columns } }: Experiment): string | undefined =>
  Object.keys(columns).find((name) => columns[name]!.role === 'weight')

function weightsOf(name: string | undefined, table: Table, rows: Uint32Array): Pick<PreparedData, 'weights'> {
  const column = table.columns.find((candidate) => candidate.name === name)
  return column ? { weights: rowWeights(column, rows, allocateShared) } : {}
}

function emptyTargets({ target }: PreparedData['preprocessing'], rows: number): PreparedData['targets'] {
  const width = outputUnits(target)
  return { rows, width, values: new Float32Array(rows * width) }
}

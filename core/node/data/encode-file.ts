import { allRows, applyFeatures, applyTarget, targetRows, typesForPrediction } from '../../data/apply'
import type { PreparedData } from '../../data/prepared'
import { rowWeights } from '../../data/row-weight'
import type { Table } from '../../data/table'
import type { Experiment } from '../../experiment/schema'
import type { TrainedModel } from '../../exports/export'
import { readSource } from '../reader/source'
import { allocateShared } from './shared-memory'

export interface EncodedFile {
  /** No splits: all rows are alike. Without a target, `targets` holds zeros. */
  readonly data: PreparedData
  /** Rows left out, as their target is missing. */
  readonly dropped: number
  /** Cells with a category that training never saw. */
  readonly unseen: number
  /** The run's column of weights, where this file has none: all rows count alike. */
  readonly missingWeight?: string
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
  targets: 'with-target' | 'without-target',
): Promise<EncodedFile> {
  const { missing } = experiment.data.csv
  const judged = targets === 'with-target'
  const weight = judged ? weightColumn(experiment) : undefined
  const types = {
    ...typesForPrediction(preprocessing),
    ...(weight !== undefined && { [weight]: 'number' as const }),
  }
  const { table } = await readSource(source, folder, { csv: { missing }, types })
  const rows = judged ? targetRows(preprocessing, table) : allRows(table.rowCount)
  const { features, unseen } = applyFeatures(preprocessing, table, rows, allocateShared)
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
    ...{ data, dropped: table.rowCount - rows.length, unseen },
    ...(isWeightMissing && { missingWeight: weight }),
  }
}

/** The column that said how much each row counts in training. */
const weightColumn = ({ data: { columns } }: Experiment): string | undefined =>
  Object.keys(columns).find((name) => columns[name]!.role === 'weight')

function weightsOf(name: string | undefined, table: Table, rows: Uint32Array): Pick<PreparedData, 'weights'> {
  const column = table.columns.find((candidate) => candidate.name === name)
  return column ? { weights: rowWeights(column, rows, allocateShared) } : {}
}

function emptyTargets({ target }: PreparedData['preprocessing'], rows: number): PreparedData['targets'] {
  const width = target.type === 'category' ? target.classes.length : 1
  return { rows, width, values: new Float32Array(rows * width) }
}

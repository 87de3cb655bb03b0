import { allRows, applyFeatures, applyTarget, targetRows, typesForPrediction } from '../../data/apply'
import type { PreparedData } from '../../data/prepared'
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
}

const none = new Uint32Array()

/**
 * Encodes a further table with a model's own preprocessing. What marks a missing cell is taken from the run; delimiter,
 * encoding and decimal mark are found out anew, as another program may have written this file.
 * @throws LabError for a missing column, or cells that do not fit
 */
export async function encodeFile(
  { preprocessing, experiment }: TrainedModel,
  source: string,
  folder: string,
  targets: 'with-target' | 'without-target',
): Promise<EncodedFile> {
  const { missing } = experiment.data.csv
  const { table } = await readSource(source, folder, { missing }, typesForPrediction(preprocessing))
  const judged = targets === 'with-target'
  const rows = judged ? targetRows(preprocessing, table) : allRows(table.rowCount)
  const features = applyFeatures(preprocessing, table, rows, allocateShared)
  const data: PreparedData = {
    preprocessing,
    features,
    targets: judged
      ? applyTarget(preprocessing, table, rows, allocateShared)
      : emptyTargets(preprocessing, rows.length),
    splits: { train: none, validation: none, test: none },
    fileRows: rows.map((row) => row + 1),
  }
  return { data, dropped: table.rowCount - rows.length, unseen: features.unseen }
}

function emptyTargets({ target }: PreparedData['preprocessing'], rows: number): PreparedData['targets'] {
  const width = target.type === 'category' ? target.classes.length : 1
  return { rows, width, values: new Float32Array(rows * width) }
}

import type { Backend } from '../../backends/backend'
import { allRows } from '../../data/apply'
import type { AbsentColumns, ColumnMatch } from '../../data/match-columns'
import { decodePredictions, type Prediction } from '../../data/prediction'
import type { MissingHistory } from '../../data/derived/missing-history'
import type { UnseenCells } from '../../data/unseen'
import type { TrainedModel } from '../../exports/export'
import { createInference } from '../../training/inference'
import { encodeFile } from '../data/encode-file'

/** What a network says of the rows of a new table. */
export interface PredictedFile {
  readonly match: ColumnMatch
  /** Cells with a category that training never saw. */
  readonly unseen: readonly UnseenCells[]
  /** Inputs from earlier rows that this file lacks for some of its rows. */
  readonly missingHistory: readonly MissingHistory[]
  /** For each row of the table one of each column that is predicted. */
  readonly predictions: readonly (readonly Prediction[])[]
}

export interface PredictOptions {
  /** A file, relative to `folder`, or `sample:NAME`. */
  readonly source: string
  readonly folder: string
  /** What columns that the table lacks are to mean. */
  readonly absent: AbsentColumns
  readonly backend: Backend
}

/**
 * Encodes a table with the model's own preprocessing and runs the network over all of its rows.
 * @throws LabError `missing-column`, or what reading and encoding a table may meet
 */
export async function predictFile(
  model: TrainedModel,
  { source, folder, absent, backend }: PredictOptions,
): Promise<PredictedFile> {
  const encoded = await encodeFile(model, source, folder, { targets: 'left-out', absent })
  const { data, match, unseen, missingHistory } = encoded
  const rows = allRows(data.features.rows)
  const splits = { ...data.splits, test: rows }
  const outputs = createInference(model, { ...data, splits }, backend).run(rows).predictions
  const { width } = data.targets
  const predictions = Array.from(rows, (row) =>
    decodePredictions(model.preprocessing.target, outputs.subarray(row * width, (row + 1) * width)),
  )
  return { match, unseen, missingHistory, predictions }
}

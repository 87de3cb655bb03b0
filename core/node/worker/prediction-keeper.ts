import { basename, dirname } from 'node:path'
import { LabError } from '../../errors/lab-error'
import type { TrainedModel } from '../../exports/export'
import { createTrainingBackend } from '../backend'
import { writeAtomic } from '../files/write-atomic'
import { predictFile } from '../predict/predict-file'
import { predictedCsv, predictedTable, type PredictedTable } from '../predict/predicted-table'
import type { WorkerFunctions } from './worker-api'

interface PredictionKeeper extends Pick<WorkerFunctions, 'predict' | 'savePredictions'> {
  forget(): void
}

/** Rows that the window shows. */
const shownRows = 200

/** Predicts the rows of files with a run's weights, and keeps the last answer until it is saved or another takes its place. */
export function createPredictionKeeper(model: () => TrainedModel): PredictionKeeper {
  let last: PredictedTable | null = null
  return {
    predict: async (file, absent) => {
      last = null
      const place = { source: basename(file), folder: dirname(file) }
      const trained = model()
      const backend = createTrainingBackend()
      const predicted = await predictFile(trained, { ...place, absent, backend })
      const { match, unseen, missingHistory, predictions } = predicted
      const table = await predictedTable(trained, place, predictions)
      last = table
      const { header, own, made, rowCount } = table
      const rows = Array.from({ length: Math.min(shownRows, rowCount) }, (_, row) => table.row(row))
      return { match, unseen, missingHistory, rowCount, header, own, made, rows }
    },
    savePredictions: (file) => {
      const text = predictedCsv(last ?? nothingPredicted())
      writeAtomic(file, text)
      return { bytes: Buffer.byteLength(text) }
    },
    forget: () => void (last = null),
  }
}

function nothingPredicted(): never {
  throw new LabError({
    code: 'nothing-predicted',
    expected: 'predictions to save',
    came: 'none',
    advice: 'Choose a file in the Predict panel first.',
  })
}

import type { Evaluation, SplitEvaluation } from '../../../core/protocol/contract'
import type { EpochEvent } from '../../../core/training/events'
import type { BatchPoint } from '../../../core/charts/history'

/** A curve that falls and settles, with a bump, so that best and last epoch differ. */
export function epochsOf(count: number, change: (event: EpochEvent) => EpochEvent = (e) => e): EpochEvent[] {
  let lowest = Infinity
  return Array.from({ length: count }, (_, i) => {
    const validation = 0.15 + Math.exp(-i / 8) + Math.max(0, i - 30) * 0.004
    const best = validation < lowest
    if (best) lowest = validation
    return change({
      type: 'epoch',
      epoch: i + 1,
      step: (i + 1) * 4,
      seconds: (i + 1) * 0.01,
      learningRate: 0.01 * 0.97 ** i,
      train: { loss: 0.05 + Math.exp(-i / 7), accuracy: 1 - 0.6 * Math.exp(-i / 7) },
      validation: { loss: validation, accuracy: 1 - 0.65 * Math.exp(-i / 8) },
      best,
    })
  })
}

export const batchesOf = (count: number): BatchPoint[] =>
  Array.from({ length: count }, (_, i) => ({
    epoch: (i + 1) / 4,
    loss: 0.05 + Math.exp(-i / 28) * (1 + 0.3 * Math.sin(i * 2.3)),
    learningRate: 0.01 * 0.97 ** Math.floor(i / 4),
  }))

export const confusionOf = (size: number): number[][] =>
  Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (i === j ? 20 + (i % 3) : (i * 7 + j * 3) % 11 === 0 ? 3 : 0)),
  )

export const classNames = (size: number): string[] => Array.from({ length: size }, (_, i) => `class ${i + 1}`)

export const pointsOf = (count: number): NonNullable<SplitEvaluation['points']> =>
  Array.from({ length: count }, (_, i) => {
    const truth = 50 + ((i * 37) % 250)
    return { truth, prediction: truth + 30 * Math.sin(i * 1.7) + 12 * Math.cos(i * 0.3), row: i + 1 }
  })

export const classification: Evaluation = {
  target: { type: 'category', column: 'species', classes: ['setosa', 'versicolor', 'virginica'] },
  metricLabels: { loss: 'Loss', accuracy: 'Accuracy' },
  splits: {
    train: { rows: 63, metrics: { loss: 0.1, accuracy: 0.97 }, confusion: confusionOf(3) },
    validation: null,
    test: { rows: 63, metrics: { loss: 0.12, accuracy: 0.95 }, confusion: confusionOf(3) },
  },
}

export const regression: Evaluation = {
  target: { type: 'number', column: 'progression' },
  metricLabels: { loss: 'Loss', rmse: 'RMSE' },
  splits: {
    train: { rows: 300, metrics: { loss: 0.4, rmse: 50 }, points: pointsOf(300) },
    validation: { rows: 66, metrics: { loss: 0.5, rmse: 55 }, points: pointsOf(66) },
    test: { rows: 66, metrics: { loss: 0.5, rmse: 56 }, points: pointsOf(66) },
  },
}

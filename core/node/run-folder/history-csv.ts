import type { EpochEvent } from '../../training/events'

/**
 * `history.csv`: one row an epoch, `epoch, step, seconds, learningRate, train_loss, validation_loss, train_<metric>,
 * validation_<metric>, ...`. A value that is not defined is an empty cell; `metrics` begins with `loss`.
 */
export function historyCsv(epochs: readonly EpochEvent[], metrics: readonly string[]): string {
  const header = ['epoch', 'step', 'seconds', 'learningRate', ...metrics.flatMap(columnsOf)]
  return [header, ...epochs.map((event) => rowOf(event, metrics))].map((row) => `${row.join()}\n`).join('')
}

const columnsOf = (metric: string): string[] => [`train_${metric}`, `validation_${metric}`]

function rowOf(event: EpochEvent, metrics: readonly string[]): string[] {
  const values = metrics.flatMap((metric) => [event.train[metric], event.validation?.[metric]])
  return [event.epoch, event.step, event.seconds.toFixed(6), event.learningRate, ...values].map((value) =>
    String(value ?? ''),
  )
}

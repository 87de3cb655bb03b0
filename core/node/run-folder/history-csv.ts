import { changesInWords } from '../../charts/change-column'
import type { ChangeEvent, EpochEvent } from '../../training/events'

/**
 * `history.csv`: one row an epoch, `epoch, step, seconds, learningRate, train_loss, validation_loss, train_<metric>,
 * validation_<metric>, ...`, and at the end `changes` where settings changed on the way. A value that is not defined or was
 * not measured in that epoch is an empty cell; `metrics` begins with `loss`.
 */
export function historyCsv(
  epochs: readonly EpochEvent[],
  metrics: readonly string[],
  changes: readonly ChangeEvent[] = [],
): string {
  const last = changes.length ? ['changes'] : []
  const header = ['epoch', 'step', 'seconds', 'learningRate', ...metrics.flatMap(columnsOf), ...last]
  const rows = epochs.map((event) => {
    const own = changes.filter((change) => change.epoch === event.epoch)
    return [...rowOf(event, metrics), ...last.map(() => changesInWords(own))]
  })
  return [header, ...rows].map((row) => `${row.join()}\n`).join('')
}

const columnsOf = (metric: string): string[] => [`train_${metric}`, `validation_${metric}`]

function rowOf(event: EpochEvent, metrics: readonly string[]): string[] {
  const values = metrics.flatMap((metric) => [event.train[metric], event.validation?.[metric]])
  return [event.epoch, event.step, event.seconds.toFixed(6), event.learningRate, ...values].map((value) =>
    String(value ?? ''),
  )
}

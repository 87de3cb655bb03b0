import type { ChangeEvent, EpochEvent } from '../training/events'
import { changedAt, withChanges } from './change-column'
import type { ChartKind } from './chart'
import { curvesOption, type CurveView } from './curves'
import { formatNumber, plural } from './format'
import { bestEpoch, type BatchPoint } from './history'
import { toPoint } from './points'

export interface LossCurvesFeed {
  readonly epochs: readonly EpochEvent[]
  /** Drawn faintly behind; an empty list draws none. */
  readonly batches: readonly BatchPoint[]
  readonly changes?: readonly ChangeEvent[]
  readonly view: CurveView
}

export const lossCurves: ChartKind<LossCurvesFeed> = {
  id: 'loss-curves',
  title: 'Loss',
  help:
    'Mean loss of the training and the validation rows after each epoch. Where validation rises while training still ' +
    'falls, the network begins to learn its rows by heart.',
  shape: 'wide',
  option({ epochs, batches, changes, view }, theme) {
    const log = view.scale === 'log'
    const split = (name: 'train' | 'validation') =>
      epochs.map((event) => toPoint(event.epoch, event[name]?.loss, log))
    const measured = epochs.some((event) => event.validation)
    return curvesOption(theme, {
      title: 'Loss',
      axis: log ? 'Loss (log scale)' : 'Loss',
      view,
      curves: [
        { name: 'Training', color: theme.train, points: split('train') },
        ...(measured
          ? [{ name: 'Validation', color: theme.validation, dashed: true, points: split('validation') }]
          : []),
      ],
      ...(batches.length && {
        behind: {
          name: 'Batches',
          color: theme.muted,
          points: batches.map((batch) => toPoint(batch.epoch, batch.loss, log)),
        },
      }),
      best: bestEpoch(epochs)?.epoch,
      changes,
    })
  },
  table: ({ epochs, changes }) =>
    withChanges(
      {
        header: ['epoch', 'step', 'train_loss', 'validation_loss'],
        rows: epochs.map(({ epoch, step, train, validation }) => [
          epoch,
          step,
          train.loss ?? null,
          validation?.loss ?? null,
        ]),
      },
      changes,
    ),
  describe({ epochs, changes = [] }) {
    const [first, last] = [epochs[0], epochs.at(-1)]
    if (!first || !last) return 'Loss: no epoch has finished yet.'
    const span = (name: 'train' | 'validation') =>
      `from ${formatNumber(first[name]?.loss)} to ${formatNumber(last[name]?.loss)}`
    const best = bestEpoch(epochs)
    return [
      `Loss over ${plural(epochs.length, 'epoch')}: training ${span('train')}`,
      last.validation && `, validation ${span('validation')}`,
      best && `; the best weights are those of epoch ${best.epoch}`,
      changes.length > 0 && `; settings changed ${changes.map(changedAt).join(', ')}`,
      '.',
    ]
      .filter(Boolean)
      .join('')
  },
}

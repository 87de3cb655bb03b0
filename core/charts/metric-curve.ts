import type { EpochEvent } from '../training/events'
import type { ChartKind } from './chart'
import { curvesOption, type CurveView } from './curves'
import { formatNumber, formatShare, plural } from './format'
import { bestEpoch, isMeasured } from './history'
import { toPoint } from './points'

export interface MetricCurveFeed {
  readonly epochs: readonly EpochEvent[]
  /** Name in the events, such as `accuracy`. */
  readonly metric: string
  readonly label: string
  /** True for metrics from 0 to 1 that are read as a percentage. */
  readonly share: boolean
  readonly view: CurveView
}

export const metricCurve: ChartKind<MetricCurveFeed> = {
  id: 'metric-curve',
  title: 'Metric',
  help: 'A metric of the training and the validation rows after each epoch that it was measured in.',
  shape: 'wide',
  option({ epochs, metric, label, share, view }, theme) {
    const log = view.scale === 'log'
    const points = epochs.filter((event) => isMeasured(event, metric))
    const split = (name: 'train' | 'validation') =>
      points
        .filter((event) => event[name] === null || metric in event[name])
        .map((event) => toPoint(event.epoch, event[name]?.[metric], log))
    const measured = points.some((event) => event.validation)
    return curvesOption(theme, {
      title: label,
      axis: log ? `${label} (log scale)` : label,
      view,
      curves: [
        { name: 'Training', color: theme.train, points: split('train') },
        ...(measured
          ? [{ name: 'Validation', color: theme.validation, dashed: true, points: split('validation') }]
          : []),
      ],
      best: bestEpoch(epochs)?.epoch,
      ...(share && {
        highest: 1,
        value: formatShare,
        tick: (value: number) => `${formatNumber(value * 100)} %`,
      }),
    })
  },
  table: ({ epochs, metric }) => ({
    header: ['epoch', 'step', `train_${metric}`, `validation_${metric}`],
    rows: epochs.map(({ epoch, step, train, validation }) => [
      epoch,
      step,
      train[metric] ?? null,
      validation?.[metric] ?? null,
    ]),
  }),
  describe({ epochs, metric, label, share }) {
    const points = epochs.filter((event) => isMeasured(event, metric))
    const [first, last] = [points[0], points.at(-1)]
    if (!first || !last) return `${label}: no epoch has finished yet.`
    const show = share ? formatShare : formatNumber
    const span = (name: 'train' | 'validation') =>
      `from ${show(first[name]?.[metric])} to ${show(last[name]?.[metric])}`
    const also = last.validation ? `, validation ${span('validation')}` : ''
    return `${label} over ${plural(last.epoch, 'epoch')}: training ${span('train')}${also}.`
  },
}

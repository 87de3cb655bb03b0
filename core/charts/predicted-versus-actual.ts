import type { SplitEvaluation } from '../protocol/contract'
import { baseOption, numberAxis, type TooltipItem } from './base'
import type { ChartKind } from './chart'
import { formatNumber, plural } from './format'
import { niceWidth } from './histogram'
import { extent } from './points'

export interface PredictionsFeed {
  readonly points: NonNullable<SplitEvaluation['points']>
  /** Name of the target column. */
  readonly target: string
  /** Whose rows, such as `test`. */
  readonly split: string
}

const isWhole = (point: PredictionsFeed['points'][number]): boolean =>
  Number.isFinite(point.truth) && Number.isFinite(point.prediction)

/** One range for both axes, from tick to tick, so that the line of perfect predictions is the diagonal. */
function sharedRange(points: PredictionsFeed['points']): { min: number; max: number; interval: number } {
  const range = extent(points.flatMap((point) => [point.truth, point.prediction]))
  if (!range) return { min: 0, max: 1, interval: 0.2 }
  const [low, high] = range
  const interval = niceWidth((high - low || Math.abs(low) || 1) / 5)
  const min = Math.floor(low / interval) * interval
  const max = (Math.floor(high / interval) + 1) * interval
  return { min: clean(min), max: clean(max), interval }
}

const clean = (value: number): number => Number(value.toPrecision(12))

export const predictedVersusActual: ChartKind<PredictionsFeed> = {
  id: 'predicted-versus-actual',
  title: 'Predicted against actual',
  help:
    'Each point is a row: its true value across, the prediction upwards. On the line the prediction is perfect; ' +
    'above it is too high, below too low.',
  shape: 'square',
  option({ points, target, split }, theme) {
    const whole = points.filter(isWhole)
    const range = sharedRange(whole)
    const { min, max } = range
    const base = baseOption(theme, `Predicted against actual ${target}, ${split} rows`, [])
    const axis = (name: string, vertical: boolean) => ({
      ...numberAxis(theme, { name, vertical }),
      ...range,
    })
    return {
      ...base,
      tooltip: { ...base.tooltip, trigger: 'item', formatter: pointTooltip(target) },
      xAxis: axis(`Actual ${target}`, false),
      yAxis: axis(`Predicted ${target}`, true),
      series: [
        {
          type: 'scatter',
          name: 'Rows',
          color: theme.train,
          symbolSize: whole.length > 500 ? 4 : 7,
          itemStyle: { opacity: whole.length > 100 ? 0.5 : 0.75 },
          data: whole.map(({ truth, prediction, row }) => [truth, prediction, row]),
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            lineStyle: { color: theme.muted, type: 'dashed', width: 1 },
            data: [[{ coord: [min, min] }, { coord: [max, max] }]],
          },
        },
      ],
    }
  },
  table: ({ points, target }) => ({
    header: ['row', target, `predicted ${target}`],
    rows: points.map(({ row, truth, prediction }) => [row, truth, prediction]),
  }),
  describe({ points, target, split }) {
    const whole = points.filter(isWhole)
    if (!whole.length) return `Predicted against actual ${target}: there are no ${split} rows.`
    const misses = whole.map((point) => Math.abs(point.truth - point.prediction)).sort((a, b) => a - b)
    const median = misses[Math.floor(misses.length / 2)]!
    return (
      `Predicted against actual ${target} of ${plural(whole.length, `${split} row`)}: half of them are within ` +
      `${formatNumber(median)}, the farthest is off by ${formatNumber(misses.at(-1))}.`
    )
  },
}

const pointTooltip =
  (target: string) =>
  (given: unknown): string => {
    const { value } = given as TooltipItem
    if (!Array.isArray(value)) return ''
    const [truth, prediction, row] = value as [number, number, number]
    return [
      `Row ${row}`,
      `${target}: ${formatNumber(truth, 6)}`,
      `predicted: ${formatNumber(prediction, 6)}`,
    ].join('\n')
  }

import type { EChartsOption } from 'echarts'
import type { RateFinding } from '../training/rate-finder'
import { axisTooltip, baseOption, numberAxis } from './base'
import type { ChartKind } from './chart'
import { formatNumber, plural } from './format'
import { decimate, extent, toPoint } from './points'
import type { ChartTheme } from './theme'

export interface RateFinderFeed {
  readonly finding: RateFinding
  /** Ends of the axis; those of the points where it is left out. */
  readonly rates?: readonly [lowest: number, highest: number]
}

export const rateFinder: ChartKind<RateFinderFeed> = {
  id: 'rate-finder',
  title: 'Learning-rate range test',
  help:
    'Loss while the learning rate grows with every update. A good rate lies where the loss falls fastest, well before ' +
    'the rate at which it grows again.',
  shape: 'wide',
  option({ finding, rates }, theme) {
    const base = baseOption(theme, 'Learning-rate range test', ['Batches', 'Smoothed'])
    const value = (y: number | null) => formatNumber(y, 5)
    return {
      ...base,
      tooltip: { ...base.tooltip, trigger: 'axis', formatter: axisTooltip(head, value) },
      xAxis: {
        ...numberAxis(theme, {
          name: 'Learning rate (log scale)',
          log: true,
          bare: true,
          ...(rates && { min: rates[0], max: rates[1] }),
        }),
      },
      yAxis: numberAxis(theme, { name: 'Loss', vertical: true, ...heightOf(finding) }),
      series: seriesOf(finding, theme),
    } satisfies EChartsOption
  },
  table: ({ finding: { points } }) => ({
    header: ['learning_rate', 'loss', 'smoothed_loss'],
    rows: points.map(({ rate, loss, smoothed }) => [rate, loss, smoothed]),
  }),
  describe({ finding: { points, steepest, diverging, suggestion } }) {
    if (!points.length) return 'Learning-rate range test: no update has been made yet.'
    const rates = `from ${formatNumber(points[0]!.rate)} to ${formatNumber(points.at(-1)!.rate)}`
    return [
      `Learning-rate range test over ${plural(points.length, 'update')}, rates ${rates}: `,
      steepest === null
        ? 'the loss never falls clearly'
        : `the loss falls fastest at ${formatNumber(steepest, 3)}`,
      diverging === null ? ' and does not diverge' : ` and diverges at ${formatNumber(diverging, 3)}`,
      suggestion !== null && `; suggested rate ${formatNumber(suggestion, 2)}`,
      '.',
    ]
      .filter(Boolean)
      .join('')
  },
}

const head = (rate: number): string => `Learning rate ${formatNumber(rate, 3)}`

/** The curve up to where it blows up: a loss of 1e30 would leave the rest flat. */
function heightOf({ points, diverging }: RateFinding): { max?: number } {
  const calm = points.filter(({ rate }) => diverging === null || rate < diverging)
  const range = extent(calm.map(({ smoothed }) => smoothed))
  if (!range || range[0] === range[1]) return {}
  return { max: Number((range[1] + 0.15 * (range[1] - range[0])).toPrecision(3)) }
}

function seriesOf({ points, steepest, diverging }: RateFinding, theme: ChartTheme) {
  const line = { type: 'line' as const, showSymbol: points.length === 1 }
  const raw = points.map(({ rate, loss }) => toPoint(rate, loss))
  const smoothed = points.map((point) => toPoint(point.rate, point.smoothed))
  const marks = [
    ...(steepest === null ? [] : [mark(theme, steepest, 'steepest')]),
    ...(diverging === null ? [] : [mark(theme, diverging, 'diverges')]),
  ]
  return [
    {
      ...line,
      name: 'Batches',
      color: theme.muted,
      data: decimate(raw),
      silent: true,
      lineStyle: { width: 1, opacity: 0.35 },
    },
    {
      ...line,
      name: 'Smoothed',
      color: theme.train,
      data: decimate(smoothed),
      lineStyle: { width: 2 },
      // Without a precision of its own the chart library puts 0.0042 at 0.00, which a log axis does not have.
      ...(marks.length && { markLine: { silent: true, symbol: 'none', precision: -1, data: marks } }),
    },
  ]
}

const mark = (theme: ChartTheme, rate: number, name: string) => ({
  xAxis: rate,
  lineStyle: { color: theme.muted, type: 'dotted' as const, width: 1 },
  label: {
    formatter: `${name}: ${formatNumber(rate, 2)}`,
    color: theme.muted,
    fontFamily: theme.font,
    fontSize: 11,
    distance: 2,
    align: name === 'diverges' ? ('right' as const) : ('center' as const),
  },
})

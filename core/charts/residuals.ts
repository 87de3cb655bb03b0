import type { CustomSeriesRenderItemAPI } from 'echarts'
import { baseOption, numberAxis, type TooltipItem } from './base'
import type { ChartKind } from './chart'
import { formatNumber, plural } from './format'
import { histogram } from './histogram'
import type { PredictionsFeed } from './predicted-versus-actual'

const residualsOf = ({ points }: PredictionsFeed): number[] =>
  points.map(({ truth, prediction }) => truth - prediction).filter(Number.isFinite)

export const residuals: ChartKind<PredictionsFeed> = {
  id: 'residuals',
  title: 'Residuals',
  help:
    'How often a prediction misses by how much: actual minus predicted. A network that is right on average has its ' +
    'hill at zero; one to the right of it predicts too low.',
  shape: 'wide',
  option(feed, theme) {
    const base = baseOption(theme, `Residuals of ${feed.target}, ${feed.split} rows`, [])
    const bins = histogram(residualsOf(feed))
    return {
      ...base,
      tooltip: { ...base.tooltip, trigger: 'item', formatter: binTooltip },
      xAxis: numberAxis(theme, { name: 'Actual − predicted', bare: true }),
      yAxis: numberAxis(theme, { name: 'Rows', vertical: true, whole: true, min: 0 }),
      series: [
        {
          type: 'custom',
          name: 'Rows',
          color: theme.train,
          renderItem: (_, api) => bar(api),
          dimensions: ['from', 'to', 'count'],
          encode: { x: [0, 1], y: 2 },
          data: bins.map(({ from, to, count }) => [from, to, count]),
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            lineStyle: { color: theme.muted, type: 'dashed', width: 1 },
            data: bins.length ? [{ xAxis: 0 }] : [],
          },
        },
      ],
    }
  },
  table: (feed) => ({
    header: ['from', 'to', 'rows'],
    rows: histogram(residualsOf(feed)).map(({ from, to, count }) => [from, to, count]),
  }),
  describe(feed) {
    const values = residualsOf(feed)
    if (!values.length) return `Residuals: there are no ${feed.split} rows.`
    const mean = values.reduce((total, value) => total + value, 0) / values.length
    const deviation = Math.sqrt(
      values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length,
    )
    return (
      `Residuals of ${plural(values.length, `${feed.split} row`)}: mean ${formatNumber(mean)}, standard ` +
      `deviation ${formatNumber(deviation)}.`
    )
  },
}

/** One bar from edge to edge, with a hair between neighbours. */
function bar(api: CustomSeriesRenderItemAPI) {
  const [left, top] = api.coord([api.value(0), api.value(2)]) as [number, number]
  const [right, bottom] = api.coord([api.value(1), 0]) as [number, number]
  const width = Math.max(right - left - 1, 1)
  return {
    type: 'rect' as const,
    shape: { x: left, y: top, width, height: bottom - top },
    style: { fill: api.visual('color') },
  }
}

const binTooltip = (given: unknown): string => {
  const { value } = given as TooltipItem
  if (!Array.isArray(value)) return ''
  const [from, to, count] = value as [number, number, number]
  return `${formatNumber(from, 6)} to ${formatNumber(to, 6)}\n${plural(count, 'row')}`
}

import type { EChartsOption } from 'echarts'
import { axisName, baseOption, numberAxis } from '../../charts/base'
import type { ChartTheme } from '../../charts/theme'
import type { Growth } from './growth'

/** Panels side by side, and rows of them. */
const [ACROSS, WIDE, HIGH] = [2, 460, 300]

export const growthSize = (panels: number): readonly [width: number, height: number] => [
  ACROSS * WIDE,
  Math.ceil(panels / ACROSS) * HIGH + 70,
]

/**
 * Time of a step over what grows, one panel each, both axes logarithmic: a straight line that rises by as much as it goes on
 * is cost in proportion. Dashed: the operations of the step's products at the best rate of all points, the least that it could take.
 */
export function growthChart(growths: readonly Growth[], theme: ChartTheme): EChartsOption {
  const points = growths.flatMap((growth) => growth.points)
  const rate = Math.max(...points.map(({ flops, seconds }) => flops / seconds))
  const names = ['One step', `Its products at ${Math.round(rate / 1e9)} GFLOP/s`] as const
  const place = (i: number) => ({
    left: (i % ACROSS) * WIDE + 70,
    top: Math.floor(i / ACROSS) * HIGH + 80,
    width: WIDE - 100,
    height: HIGH - 75,
  })
  return {
    ...baseOption(theme, 'Microseconds of one training step', names),
    grid: growths.map((_, i) => place(i)),
    xAxis: growths.map(({ title, points: own }, gridIndex) => ({
      ...numberAxis(theme, { name: title, log: true, bare: true, ...endsOf(own.map(({ value }) => value)) }),
      ...{ gridIndex, logBase: own[1]!.value / own[0]!.value === 2 ? 2 : 10, interval: 1 },
    })),
    yAxis: growths.map((_, gridIndex) => ({
      ...numberAxis(theme, { name: '', vertical: true, log: true }),
      ...axisName(theme, 'µs', true),
      ...{ gridIndex, nameGap: 44 },
    })),
    series: growths.flatMap(({ points: own }, i) => [
      {
        ...{ name: names[0], type: 'line' as const, xAxisIndex: i, yAxisIndex: i },
        ...{ color: theme.train, symbolSize: 6, lineStyle: { width: 2 } },
        data: own.map(({ value, seconds }) => [value, seconds * 1e6]),
      },
      {
        ...{ name: names[1], type: 'line' as const, xAxisIndex: i, yAxisIndex: i },
        ...{ color: theme.muted, showSymbol: false, lineStyle: { width: 1, type: 'dashed' as const } },
        data: own.map(({ value, flops }) => [value, (flops / rate) * 1e6]),
      },
    ]),
  }
}

const endsOf = (values: readonly number[]) => ({ min: Math.min(...values), max: Math.max(...values) })

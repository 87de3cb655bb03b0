import type { EChartsOption } from 'echarts'
import { formatNumber } from './format'
import type { ChartTheme } from './theme'

/** What all charts share: letters, ground, margins, the title of pictures that stand alone, and the tooltip's look. */
export function baseOption(theme: ChartTheme, title: string, legend: readonly string[]): EChartsOption {
  const top = theme.titled ? 64 : 36
  return {
    animation: false,
    backgroundColor: theme.surface,
    textStyle: { fontFamily: theme.font, fontSize: 12, color: theme.text },
    title: { show: theme.titled, text: title, left: 16, top: 12, textStyle: titleStyle(theme) },
    legend: { show: legend.length > 0, data: [...legend], ...legendStyle(theme) },
    grid: { left: 16, right: 20, top: legend.length ? top : top - 20, bottom: 12, outerBoundsMode: 'same' },
    tooltip: { ...tooltipStyle(theme) },
  }
}

const titleStyle = (theme: ChartTheme) => ({
  fontFamily: theme.font,
  fontSize: 15,
  fontWeight: 600 as const,
  color: theme.text,
})

const legendStyle = (theme: ChartTheme) => ({
  top: theme.titled ? 38 : 8,
  left: 16,
  itemWidth: 16,
  itemHeight: 8,
  itemGap: 16,
  icon: 'roundRect',
  textStyle: { color: theme.muted, fontFamily: theme.font, fontSize: 12 },
})

/** Drawn inside the picture and not as HTML, so that text from a data file is never markup. */
const tooltipStyle = (theme: ChartTheme) => ({
  renderMode: 'richText' as const,
  confine: true,
  backgroundColor: theme.surface,
  borderColor: theme.line,
  borderWidth: 1,
  padding: [8, 10],
  textStyle: { color: theme.text, fontFamily: theme.font, fontSize: 12 },
  axisPointer: { lineStyle: { color: theme.line, type: 'solid' as const }, label: { show: false } },
})

interface AxisWish {
  readonly name: string
  readonly vertical?: boolean
  readonly log?: boolean
  readonly min?: number
  readonly max?: number
  /** Whole numbers only, as epochs and counts are. */
  readonly whole?: boolean
  readonly label?: (value: number) => string
  /** Without lines behind the data. */
  readonly bare?: boolean
}

/** A quiet number axis with its name at its middle. */
export function numberAxis(theme: ChartTheme, wish: AxisWish) {
  return {
    type: wish.log ? ('log' as const) : ('value' as const),
    ...axisName(theme, wish.name, wish.vertical),
    scale: true,
    ...(wish.min !== undefined && { min: wish.min }),
    ...(wish.max !== undefined && { max: wish.max }),
    ...(wish.whole && { minInterval: 1 }),
    axisLine: { show: !wish.vertical, onZero: false, lineStyle: { color: theme.line } },
    axisTick: { show: !wish.vertical, lineStyle: { color: theme.line } },
    axisLabel: {
      color: theme.muted,
      hideOverlap: true,
      formatter: wish.label ?? ((value: number) => formatNumber(value, 6)),
    },
    splitLine: { show: !wish.bare, lineStyle: { color: theme.grid } },
  }
}

/** Name of an axis, centred beside it, at a distance that `outerBounds` of the grid keeps inside the picture. */
export const axisName = (theme: ChartTheme, name: string, vertical = false) => ({
  name,
  nameLocation: 'middle' as const,
  nameGap: vertical ? 14 : 30,
  nameTextStyle: { color: theme.muted, fontFamily: theme.font, fontSize: 12 },
})

/** Symbols are drawn while there are few points: a line of one point would not be seen. */
export const showSymbols = (count: number): boolean => count <= 30

/** What a tooltip's formatter is given by the chart library for one series. */
export interface TooltipItem {
  readonly seriesId?: string
  readonly seriesName?: string
  readonly marker?: string
  readonly value?: unknown
  readonly dataIndex?: number
}

/** The lines of an axis tooltip: a head, then one line for each series that has a value there. */
export function axisTooltip(head: (x: number) => string, value: (y: number | null) => string) {
  return (given: unknown): string => {
    const items = (Array.isArray(given) ? given : [given]) as TooltipItem[]
    const shown = items.filter((item) => !item.seriesId?.startsWith('quiet:') && Array.isArray(item.value))
    if (!shown.length) return ''
    const lines = shown.map((item) => {
      const [, y] = item.value as [number, number | null]
      return `${item.marker ?? ''}${item.seriesName ?? ''}  ${value(y)}`
    })
    return [head((shown[0]!.value as [number])[0]), ...lines].join('\n')
  }
}

import type { CustomSeriesRenderItem, EChartsOption } from 'echarts'
import { splitNames, type SplitName } from '../data/prepared'
import { spreadOf } from '../training/spread'
import { axisName, baseOption, numberAxis } from './base'
import type { ChartKind } from './chart'
import { formatNumber, formatShare, plural } from './format'
import { extent } from './points'
import { quartiles } from './quartiles'
import type { ChartTheme } from './theme'

/** What one training of a series has reached. */
export interface SeriesValue {
  /** Of the training, from 1. */
  readonly number: number
  /** null where it is not defined. */
  readonly values: Readonly<Partial<Record<SplitName, number | null>>>
}

export interface SeriesSpreadFeed {
  /** What one training is called: `fold`. */
  readonly word: string
  /** Of the metric, such as `Accuracy`. */
  readonly label: string
  /** Shown as a percentage. */
  readonly share: boolean
  readonly members: readonly SeriesValue[]
}

/** The splits that have values, the one that judges on top. */
const rowsOf = ({ members }: SeriesSpreadFeed): SplitName[] =>
  [...splitNames].reverse().filter((split) => members.some(({ values }) => isValue(values[split])))

const isValue = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value)

const names: Readonly<Record<SplitName, string>> = {
  train: 'Training',
  validation: 'Validation',
  test: 'Test',
}

export const seriesSpread: ChartKind<SeriesSpreadFeed> = {
  id: 'series-spread',
  title: 'Spread',
  help:
    'A dot for each training, a box around the middle half of them with a line at the median, and below it the mean ' +
    'with its 95 % interval.',
  shape: 'wide',
  option(feed, theme) {
    const { label, share, word } = feed
    const splits = rowsOf(feed)
    const base = baseOption(theme, `Spread of ${label}`, legendOf(word))
    const tick = share ? formatShare : (value: number) => formatNumber(value, 5)
    return {
      ...base,
      tooltip: { ...base.tooltip, trigger: 'item', formatter: dotTooltip(feed) },
      xAxis: { ...numberAxis(theme, { name: label, label: tick }), ...(share && shareRange(feed)) },
      yAxis: {
        type: 'category',
        data: splits.map((split) => names[split]),
        inverse: true,
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: theme.muted, fontFamily: theme.font, fontSize: 12 },
        ...axisName(theme, '', true),
      },
      series: [boxes(feed, splits, theme), dots(feed, splits, theme), means(feed, splits, theme)],
    } satisfies EChartsOption
  },
  table: ({ members, word, label }) => ({
    header: [word, 'split', label],
    rows: members.flatMap(({ number, values }) =>
      splitNames.flatMap((split) => (split in values ? [[number, split, values[split] ?? null]] : [])),
    ),
  }),
  describe(feed) {
    const [split] = rowsOf(feed)
    if (!split) return `Spread of ${feed.label}: nothing is finished yet.`
    const values = valuesOf(feed, split)
    const text = feed.share ? formatShare : (value: number | null) => formatNumber(value)
    const { mean, halfWidth } = spreadOf(values)
    const range = `from ${text(Math.min(...values))} to ${text(Math.max(...values))}`
    const around = halfWidth === null ? '' : ` ± ${text(halfWidth)}`
    return `Spread of ${feed.label} on the ${split} rows of ${plural(values.length, feed.word)}: ${range}, mean ${text(mean)}${around}.`
  },
}

/** Steps that 100 % is a multiple of: an axis of shares ends there at the latest, with a tick. */
const shareSteps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2]

/** Ends of an axis of shares around all that is drawn, with seven steps at most. */
function shareRange(feed: SeriesSpreadFeed): { min?: number; max?: number; interval?: number } {
  const range = extent(splitNames.flatMap((split) => [...valuesOf(feed, split), ...intervalOf(feed, split)]))
  if (!range) return {}
  const [low, high] = range
  const step = shareSteps.find((step) => (high - low) / step <= 6) ?? 0.2
  const place = (value: number) => Math.min(1, Math.max(0, Number((value * step).toFixed(4))))
  // Room on both sides where all values are the same.
  const room = low === high ? 1 : 0
  return {
    min: place(Math.floor(low / step) - room),
    max: place(Math.ceil(high / step) + room),
    interval: step,
  }
}

/** Ends of the mean's 95 % interval; of a share only what a share can be. Nothing where it is not defined. */
function intervalOf(feed: SeriesSpreadFeed, split: SplitName): number[] {
  const { mean, halfWidth } = spreadOf(valuesOf(feed, split))
  if (mean === null || halfWidth === null) return []
  const ends = [mean - halfWidth, mean + halfWidth]
  return feed.share ? ends.map((end) => Math.min(1, Math.max(0, end))) : ends
}

const legendOf = (word: string): string[] => [dotsName(word), boxName, meanName]
const dotsName = (word: string): string => `Each ${word}`
const boxName = 'Median and middle half'
const meanName = 'Mean ± 95 %'

const valuesOf = ({ members }: SeriesSpreadFeed, split: SplitName): number[] =>
  members.map(({ values }) => values[split]).filter(isValue)

/** Dots beside each other stand apart by their number, always in the same way. */
function dots({ members, word }: SeriesSpreadFeed, splits: readonly SplitName[], theme: ChartTheme) {
  return {
    type: 'scatter' as const,
    name: dotsName(word),
    color: theme.muted,
    symbolSize: 8,
    data: splits.flatMap((split, row) =>
      members.flatMap(({ number, values }) => {
        const value = values[split]
        return isValue(value)
          ? [
              {
                name: String(number),
                value: [value, row],
                symbolOffset: [0, ((number * 7) % 15) - 7],
                itemStyle: { color: theme[split], opacity: 0.75, borderColor: theme.surface, borderWidth: 1 },
              },
            ]
          : []
      }),
    ),
  }
}

const dotTooltip =
  ({ word, share, label }: SeriesSpreadFeed) =>
  (given: unknown): string => {
    const { name, value } = given as { name: string; value: unknown }
    if (!Array.isArray(value) || !name) return ''
    const text = share ? formatShare(value[0] as number) : formatNumber(value[0] as number, 5)
    return `${word[0]!.toUpperCase()}${word.slice(1)} ${name}\n${label}  ${text}`
  }

/** Half of a box's height, and how far below it the mean stands, in units of the picture. */
const HALF = 13
const BELOW = 22

/** [first quartile, row, median, third quartile]; a box of fewer than four trainings would say more than is known. */
function boxes(feed: SeriesSpreadFeed, splits: readonly SplitName[], theme: ChartTheme) {
  const data = splits.flatMap((split, row) => {
    const values = valuesOf(feed, split)
    if (values.length < 4) return []
    const { first, median, third } = quartiles(values)
    return [[first, row, median, third]]
  })
  const draw: CustomSeriesRenderItem = (_, api) => {
    const row = Number(api.value(1))
    const color = theme[splits[row]!]
    const at = (place: number): number[] => api.coord([api.value(place), row])
    const [left = 0, y = 0] = at(0)
    const [middle = 0] = at(2)
    const [right = 0] = at(3)
    const width = Math.max(right - left, 1)
    return {
      type: 'group',
      children: [
        {
          type: 'rect',
          shape: { x: left, y: y - HALF, width, height: 2 * HALF, r: 2 },
          style: { fill: color, opacity: 0.16 },
        },
        {
          type: 'line',
          shape: { x1: middle, y1: y - HALF, x2: middle, y2: y + HALF },
          style: { stroke: color, lineWidth: 2, opacity: 0.8 },
        },
      ],
    }
  }
  return {
    type: 'custom' as const,
    name: boxName,
    color: theme.line,
    silent: true,
    renderItem: draw,
    data,
    encode: { x: [0, 2, 3], y: 1 },
  }
}

/** [mean, row, lower, upper] */
function means(feed: SeriesSpreadFeed, splits: readonly SplitName[], theme: ChartTheme) {
  const data = splits.flatMap((split, row) => {
    const [low, high] = intervalOf(feed, split)
    return low === undefined ? [] : [[spreadOf(valuesOf(feed, split)).mean, row, low, high]]
  })
  const draw: CustomSeriesRenderItem = (_, api) => {
    const row = Number(api.value(1))
    const [x = 0, y = 0] = api.coord([api.value(0), row])
    const [left = 0] = api.coord([api.value(2), row])
    const [right = 0] = api.coord([api.value(3), row])
    const style = { stroke: theme.text, lineWidth: 1.5 }
    const below = y + BELOW
    const upright = (place: number) => ({
      type: 'line' as const,
      shape: { x1: place, y1: below - 4, x2: place, y2: below + 4 },
      style,
    })
    return {
      type: 'group',
      children: [
        { type: 'line', shape: { x1: left, y1: below, x2: right, y2: below }, style },
        upright(left),
        upright(right),
        { type: 'circle', shape: { cx: x, cy: below, r: 3.5 }, style: { fill: theme.text } },
      ],
    }
  }
  return {
    type: 'custom' as const,
    name: meanName,
    color: theme.text,
    silent: true,
    renderItem: draw,
    data,
    encode: { x: [0, 2, 3], y: 1 },
  }
}

import type { EChartsOption } from 'echarts'
import { axisTooltip, baseOption, numberAxis, showSymbols } from './base'
import { formatNumber } from './format'
import { decimate, extent, smooth, type Point } from './points'
import { changeWords } from '../training/changes/change-words'
import { changePosition } from '../training/epoch-position'
import type { ChangeEvent } from '../training/events'
import type { ChartTheme } from './theme'

/** How curves are looked at. */
export interface CurveView {
  readonly scale: 'linear' | 'log'
  /** β of the moving average, 0 (as it is) to 0.99. */
  readonly smoothing: number
}

export const plainView: CurveView = { scale: 'linear', smoothing: 0 }

export interface Curve {
  readonly name: string
  readonly color: string
  /** Told apart by more than colour. */
  readonly dashed?: boolean
  readonly points: readonly Point[]
}

interface CurvesWish {
  readonly title: string
  readonly axis: string
  readonly view: CurveView
  readonly curves: readonly Curve[]
  /** A faint line behind the curves, without smoothing. */
  readonly behind?: Curve
  readonly best?: number
  /** Settings that changed on the way: a line each, with what changed at its head. */
  readonly changes?: readonly ChangeEvent[]
  /** How a value is written in the tooltip. */
  readonly value?: (y: number | null) => string
  /** Values never pass this, so the axis does not either. */
  readonly highest?: number
  /** How a value is written at the axis. */
  readonly tick?: (y: number) => string
}

/** Curves against the epoch: faint as measured and strong when smoothed, with a mark at the best epoch. */
export function curvesOption(theme: ChartTheme, wish: CurvesWish): EChartsOption {
  const { curves, view, behind } = wish
  const value = wish.value ?? ((y: number | null) => formatNumber(y, 5))
  const all = behind ? [...curves, behind] : curves
  const base = baseOption(theme, wish.title, all.length > 1 ? all.map((curve) => curve.name) : [])
  const range = view.scale === 'log' ? { log: true, ...logRange(all) } : {}
  const last = extent(all.flatMap(({ points }) => points.slice(-1).map(([x]) => x)))?.[1]
  const marks = [
    ...changeMarks(wish.changes ?? [], last),
    ...(wish.best === undefined ? [] : [bestMark(wish.best)]),
  ]
  const lines = marks.length ? { markLine: markLines(theme, marks, last) } : {}
  return {
    ...base,
    tooltip: { ...base.tooltip, trigger: 'axis', formatter: axisTooltip(epochHead, value) },
    xAxis: numberAxis(theme, { name: 'Epoch', whole: true, bare: true, min: 0, max: last }),
    yAxis: {
      ...numberAxis(theme, { name: wish.axis, vertical: true, label: wish.tick, ...range }),
      ...roof(wish.highest),
    },
    series: [
      ...(behind ? [behindSeries(behind)] : []),
      ...curves.flatMap((curve, i) => curveSeries(curve, wish, i === 0 ? lines : {})),
    ],
  }
}

/** Ends of a log axis at 1, 2 or 5 times a power of ten: whole decades would leave half of the picture empty. */
/** The axis ends at the highest possible value once the curves come near it, rather than at a round number above. */
const roof = (highest: number | undefined) =>
  highest === undefined
    ? {}
    : {
        max: ({ min, max }: { min: number; max: number }) =>
          max + (max - min) / 4 > highest ? highest : null,
      }

function logRange(curves: readonly Curve[]): { min?: number; max?: number } {
  const range = extent(curves.flatMap((curve) => curve.points.map(([, y]) => y)))
  if (!range) return {}
  const [low, high] = range
  const steps = [1, 2, 5, 10]
  const lowPower = 10 ** Math.floor(Math.log10(low))
  const highPower = 10 ** Math.floor(Math.log10(high))
  const min = (steps.filter((step) => step * lowPower <= low).at(-1) ?? 1) * lowPower
  const max = (steps.find((step) => step * highPower >= high) ?? 10) * highPower
  return { min: Number(min.toPrecision(3)), max: Number((max > min ? max : min * 10).toPrecision(3)) }
}

const epochHead = (x: number): string => `Epoch ${formatNumber(x, 6)}`

const behindSeries = (curve: Curve) => ({
  id: `quiet:${curve.name}`,
  name: curve.name,
  type: 'line' as const,
  data: decimate(curve.points),
  showSymbol: curve.points.length === 1,
  silent: true,
  color: curve.color,
  lineStyle: { width: 1, opacity: 0.35 },
})

function curveSeries(curve: Curve, { view }: CurvesWish, extra: object) {
  const look = { name: curve.name, type: 'line' as const, color: curve.color, symbol: 'circle' }
  const raw = decimate(curve.points)
  // In a dense line dashes would look like noise.
  const type = curve.dashed && raw.length <= 200 ? ('dashed' as const) : ('solid' as const)
  const single = showSymbols(curve.points.length)
  const strong = { ...look, id: curve.name, showSymbol: single, symbolSize: 4, lineStyle: { width: 2, type } }
  if (!view.smoothing) return [{ ...strong, data: raw, ...extra }]
  const faint = { ...look, id: `quiet:${curve.name}`, data: raw, showSymbol: false, silent: true }
  return [
    { ...faint, lineStyle: { width: 1, opacity: 0.35, type } },
    { ...strong, data: decimate(smooth(curve.points, view.smoothing)), ...extra },
  ]
}

interface Mark {
  readonly epoch: number
  readonly words: string
  readonly type: 'dotted' | 'solid'
  /** Rows of labels above the curves, from the axis up, so that marks of two kinds do not cover each other. */
  readonly distance: number
}

const bestMark = (epoch: number): Mark => ({ epoch, words: `best: ${epoch}`, type: 'dotted', distance: 2 })

/** So many changes can be told in words; more are numbered, in the order in which they came. */
const mostWords = 3

function changeMarks(changes: readonly ChangeEvent[], last = 1): Mark[] {
  const places = changes.map(changePosition)
  const words =
    changes.length > mostWords ? numbersOf(places, last) : changes.map(({ set }) => changeWords(set))
  return places.map((epoch, i) => ({
    epoch,
    words: words[i]!,
    type: 'solid',
    // Each one a line below the last: changes made together stand close to each other.
    distance: changes.length > mostWords ? -14 : -14 * (1 + (i % mostWords)),
  }))
}

/** Share of the axis that the number of a mark takes up. */
const numberWidth = 0.05

/** `1`, `2–4`: marks too close for a number each share one, at the mark on the side that it leans to. */
function numbersOf(places: readonly number[], last: number): string[] {
  const groups: number[][] = []
  places.forEach((place, i) => {
    const group = groups.at(-1)
    if (group && place - places[group[0]!]! < last * numberWidth) group.push(i)
    else groups.push([i])
  })
  const words = places.map(() => '')
  for (const group of groups) {
    const [first, end] = [group[0]!, group.at(-1)!]
    const at = places[first]! < last * nearStart ? end : first
    words[at] = first === end ? String(first + 1) : `${first + 1}–${end + 1}`
  }
  return words
}

/** Shares of the axis where labels lean inwards. */
const nearStart = 0.1
const nearEnd = 0.9

/** Labels lean inwards at both ends, where they would run into the axis or over the edge. */
const markLines = (theme: ChartTheme, marks: readonly Mark[], last = 1) => ({
  silent: true,
  symbol: 'none',
  data: marks.map(({ epoch, words, type, distance }) => ({
    xAxis: epoch,
    lineStyle: { color: theme.muted, type, width: 1 },
    label: {
      show: words !== '',
      formatter: words,
      align:
        epoch < last * nearStart
          ? ('left' as const)
          : epoch > last * nearEnd
            ? ('right' as const)
            : ('center' as const),
      color: theme.muted,
      fontFamily: theme.font,
      fontSize: 11,
      distance,
      ...(type === 'solid' && { backgroundColor: theme.surface, padding: [1, 3] }),
    },
  })),
})

import type { EChartsOption } from 'echarts'
import { splitNames, type SplitName, type TargetPart } from '../data/prepared'
import { metrics as metricKinds } from '../metrics/registry'
import type { Evaluation, SplitEvaluation } from '../protocol/contract'
import type { ChartKind, ChartTable } from './chart'
import { confusionMatrix } from './confusion-matrix'
import { plainView, type CurveView } from './curves'
import type { RunHistory } from './history'
import { learningRate } from './learning-rate'
import { lossCurves } from './loss-curves'
import { metricCurve } from './metric-curve'
import { predictedVersusActual } from './predicted-versus-actual'
import { residuals } from './residuals'
import type { ChartTheme } from './theme'

/** A chart with its data: what a file or a card of the window needs. */
export interface RunChart {
  /** Name of its file: `loss-curves`, `metric-accuracy`, `confusion-matrix-test`. */
  readonly id: string
  readonly title: string
  readonly help: string
  readonly shape: 'wide' | 'square'
  option(theme: ChartTheme): EChartsOption
  table(): ChartTable
  describe(): string
}

/** Binds a chart to its data. */
export const bindChart = <Feed>(
  kind: ChartKind<Feed>,
  feed: Feed,
  name: { id?: string; title?: string; help?: string } = {},
): RunChart => ({
  id: name.id ?? kind.id,
  title: name.title ?? kind.title,
  help: name.help ?? kind.help,
  shape: kind.shape,
  option: (theme) => kind.option(feed, theme),
  table: () => kind.table(feed),
  describe: () => kind.describe(feed),
})

/**
 * The charts that a run has: curves while it trains, and once it was evaluated those of each split with rows.
 */
export function runCharts(
  history: RunHistory,
  evaluation: Evaluation | null,
  view: CurveView = plainView,
): RunChart[] {
  return [
    ...curveCharts(history, view),
    ...(evaluation ? splitNames.flatMap((split) => splitCharts(evaluation, split)) : []),
  ]
}

/** The curves of a run: loss, each metric, and the learning rate. */
export function curveCharts({ metrics, epochs, batches, changes }: RunHistory, view: CurveView): RunChart[] {
  return [
    bindChart(lossCurves, { epochs, batches, changes, view }),
    ...metrics.filter((metric) => metric !== 'loss').map((metric) => metricChart(metric, epochs, view)),
    bindChart(learningRate, { epochs, batches, changes, view }),
  ]
}

function metricChart(metric: string, epochs: RunHistory['epochs'], view: CurveView): RunChart {
  const kind = metricKinds.has(metric) ? metricKinds.get(metric) : undefined
  const label = kind?.label ?? metric
  const feed = { epochs, metric, label, share: kind?.share ?? false, view }
  return bindChart(metricCurve, feed, { id: `metric-${metric}`, title: label, help: kind?.help })
}

/** The charts of one split's evaluation, of each target after the other; none where it has no rows. */
export function splitCharts(evaluation: Evaluation, split: SplitName): RunChart[] {
  const { target, splits } = evaluation
  if (!splits[split]?.rows) return []
  if (!('parts' in target)) return targetCharts(target, split, splits[split])
  return target.parts.flatMap((_, i) =>
    partCharts(evaluation, split, i).map((chart) => ({ ...chart, id: `${chart.id}-${i + 1}` })),
  )
}

/** Those of one of several targets, which their titles name; of the only target as they are. */
export function partCharts(evaluation: Evaluation, split: SplitName, part: number): RunChart[] {
  const { target, splits } = evaluation
  if (!('parts' in target)) return splitCharts(evaluation, split)
  const { [part]: result } = splits[split]?.parts ?? []
  const { [part]: own } = target.parts
  if (!result?.rows || !own) return []
  return targetCharts(own, split, result).map((chart) => ({
    ...chart,
    title: `${own.column}: ${chart.title}`,
  }))
}

const targetCharts = (target: TargetPart, split: SplitName, result: SplitEvaluation): RunChart[] =>
  target.type === 'number'
    ? predictionCharts(target.column, split, result)
    : matrixCharts(target.classes, split, result)

function matrixCharts(classes: readonly string[], split: SplitName, { confusion }: SplitEvaluation) {
  if (!confusion) return []
  const name = { id: `confusion-matrix-${split}`, title: `Confusion matrix, ${split} rows` }
  return [bindChart(confusionMatrix, { classes, counts: confusion, split }, name)]
}

function predictionCharts(target: string, split: SplitName, { points }: SplitEvaluation) {
  if (!points) return []
  const feed = { points, target, split }
  return [predictedVersusActual, residuals].map((kind) =>
    bindChart(kind, feed, { id: `${kind.id}-${split}`, title: `${kind.title}, ${split} rows` }),
  )
}

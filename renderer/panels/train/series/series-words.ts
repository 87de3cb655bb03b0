import type { SplitName } from '../../../../core/data/prepared'
import { splitKinds } from '../../../../core/data/splits/kinds'
import type { SplitSettings } from '../../../../core/experiment/schema'
import { metricLabel } from '../../../../core/metrics/metric-text'
import { judgedSplit, summarize } from '../../../../core/training/series'
import { seriesKinds } from '../../../../core/training/series-kinds'
import type { SeriesWish } from '../../../../core/training/series-kinds'
import { spreadLines, spreadText } from '../../../../core/training/spread-text'
import type { Series, SeriesStatus } from '../../../stores/series'
import type { StatusTone } from '../run-words'

/** `fold` or `repeat`: what one training of a series is called. */
export const wordOf = ({ type }: SeriesWish): string => seriesKinds[type].word

/** `stratified`, `by time (day)` */
function strategyInWords({ strategy, by }: SplitSettings): string {
  const label = splitKinds[strategy].label.toLowerCase()
  return by === undefined ? label : `${label} (${by})`
}

/** `5 folds, stratified`, `3 folds by patient`, `10 repeats, each with its own split` */
export function wishInWords({ wish, at }: Pick<Series, 'wish' | 'at'>): string {
  const many = `${wish.count.toLocaleString('en')} ${wordOf(wish)}s`
  if (wish.type === 'repeats') return wish.varySplit ? `${many}, each with its own split` : many
  return wish.group === undefined
    ? `${many}, ${strategyInWords(at.experiment.data.split)}`
    : `${many} by ${wish.group}`
}

export const seriesTones: Readonly<Record<SeriesStatus, StatusTone>> = {
  running: 'accent',
  finished: 'success',
  stopped: 'warning',
  failed: 'danger',
}

/** `2 / 5` trainings that are finished. Reactive. */
export const finishedOf = ({ version, results, wish }: Series): string => (
  void version.value,
  `${results.length.toLocaleString('en')} / ${wish.count.toLocaleString('en')}`
)

/** What judges a series: the first metric after the loss, on the test rows. Reactive. */
export function judgedBy(series: Series): { split: SplitName; metric: string } | null {
  void series.version.value
  const first = series.results[0]
  if (!first) return null
  const split = judgedSplit(first)
  const names = Object.keys(first.metrics[split] ?? {})
  return { split, metric: names[1] ?? names[0] ?? 'loss' }
}

/** `Accuracy 95.3 ± 3.0 %` on the rows that judge it; nothing before the first training is done. Reactive. */
export function resultInWords(series: Series): string {
  const judged = judgedBy(series)
  if (!judged) return '–'
  const { [judged.metric]: spread } = summarize(series.results, judged.split)
  return `${metricLabel(judged.metric)} ${spreadText(judged.metric, spread!, spreadLines[0]!)}`
}

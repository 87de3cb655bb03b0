import { bestEpoch } from '../../../core/charts/history'
import { metricLabel, metricText } from '../../charts/metric-words'
import type { Run } from '../../stores/runs'
import type { Series } from '../../stores/series'
import { epochsOf } from '../status'
import { experimentOf, statusTone, statusWord } from './run-words'
import type { StatusTone } from './run-words'
import { finishedOf, judgedBy, resultInWords, seriesTones, wordOf } from './series/series-words'

/** One line of the list of what was trained in this session. */
export interface Listed {
  readonly id: string
  readonly title: string
  readonly experiment: string
  readonly status: string
  readonly tone: StatusTone
  readonly isRunning: boolean
  /** How much of it is done: epochs of a run, trainings of a series. */
  readonly done: string
  readonly result: string
  /** Which rows the result is of; nothing where there is no result yet. */
  readonly rows: string
  readonly fingerprint?: string
  /** Milliseconds since the window was opened, for the order. */
  readonly began: number
}

/** What a run has reached on rows that it did not learn from: the first metric after the loss, or the loss. */
function reached(run: Run): { metric: string; value: number | null | undefined; rows: string } {
  void run.version.value
  const metric = run.startEvent?.metrics[1] ?? 'loss'
  const kept = run.endEvent?.metrics
  const best = bestEpoch(run.epochs)
  const validation = kept ? kept.validation : best?.validation
  const values = validation ?? kept?.train ?? best?.train
  return { metric, value: values?.[metric], rows: values ? (validation ? 'validation' : 'training') : '' }
}

export function listedRun(run: Run): Listed {
  const { metric, value, rows } = reached(run)
  const fingerprint = run.endEvent?.fingerprint
  return {
    id: run.id,
    title: run.title,
    experiment: experimentOf(run),
    status: statusWord(run),
    tone: statusTone(run),
    isRunning: run.status.value === 'running',
    done: `${epochsOf(run).replace('epoch ', '').replace('/', ' / ')} epochs`,
    result: `${metricLabel(metric)} ${metricText(metric, value)}`,
    rows,
    ...(fingerprint !== undefined && { fingerprint }),
    began: run.startedAt.getTime() - performance.timeOrigin,
  }
}

export const listedSeries = (series: Series): Listed => ({
  id: series.id,
  title: series.title,
  experiment: experimentOf(series),
  status: series.status.value,
  tone: seriesTones[series.status.value],
  isRunning: series.status.value === 'running',
  done: `${finishedOf(series)} ${wordOf(series.wish)}s`,
  result: resultInWords(series),
  rows: judgedBy(series)?.split ?? '',
  began: series.began,
})

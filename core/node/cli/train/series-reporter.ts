import type { SplitName } from '../../../data/prepared'
import { metricLabel, metricText } from '../../../metrics/metric-text'
import { judgedSplit, summarize, type MemberResult, type SeriesEvent } from '../../../training/series'
import { seriesKinds, type SeriesWish } from '../../../training/series-kinds'
import { epochPosition } from '../../../training/epoch-position'
import type { Spread } from '../../../training/spread'
import { spreadLines, spreadText } from '../../../training/spread-text'
import type { CliContext } from '../context'
import { textTable } from '../text-table'
import { duration, plural } from '../words'
import { createBar, type Bar } from './bar'

type Progress = Extract<SeriesEvent, { type: 'training' }>

/** Tells how a series goes: a bar for a person who watches, a line for each training, objects with --json. */
export interface SeriesReporter {
  take(event: Progress): void
  result(result: MemberResult): void
  stopping(): void
  /** @param whole false when it was broken off */
  finish(results: readonly MemberResult[], whole: boolean): void
}

/** What is said of a series: `fold` and how many. */
interface Series {
  readonly word: 'fold' | 'repeat'
  readonly count: number
}

export function createSeriesReporter(context: CliContext, wish: SeriesWish): SeriesReporter {
  const series = { word: seriesKinds[wish.type].word, count: wish.count }
  const { word, count } = series
  let bar: Bar | null = null
  /** Of an epoch. */
  let steps = 0
  let epochs = 0
  const endBar = (): void => {
    bar?.stop()
    bar = null
  }
  return {
    take: ({ number, event }) => {
      if (!context.terminal.watched || context.json) return
      if (event.type === 'start') {
        steps = event.stepsPerEpoch
        epochs = event.epochs
        bar ??= createBar(count * epochs * steps)
      }
      // Trainings that stop early are counted as whole, so that the bar never goes back.
      if (event.type === 'step')
        bar?.update(((number - 1) * epochs + epochPosition(event)) * steps, `${word} ${number}/${count}`)
    },
    result: (result) => {
      context.record({ type: word, ...result })
      if (!bar) context.note(lineOf(result, series))
      if (result.number === count) endBar()
    },
    stopping: () => {
      endBar()
      context.note(`Stopping: keeping the ${word}s that are done. Press Ctrl-C again to leave at once.`)
    },
    finish: (results, whole) => {
      endBar()
      finish(context, series, results, whole)
    },
  }
}

function lineOf(result: MemberResult, { word, count }: Series): string {
  const split = judgedSplit(result)
  const [first, second] = Object.entries(result.metrics[split] ?? {})
  const shown = [first, second].flatMap((metric) =>
    metric ? [`${split} ${metricLabel(metric[0]).toLowerCase()} ${metricText(...metric)}`] : [],
  )
  const epochs = `${plural(result.epoch, 'epoch')} (${result.reason})`
  return [`${word} ${result.number}/${count}`, ...shown, epochs, duration(result.seconds)].join('  ')
}

function finish(context: CliContext, series: Series, results: readonly MemberResult[], whole: boolean): void {
  const { word, count } = series
  const split = results[0] ? judgedSplit(results[0]) : 'test'
  const metrics = summarize(results, split)
  context.record({ type: `${word}s`, finished: results.length, asked: count, split, metrics })
  if (!whole) context.say(`Stopped after ${plural(results.length, word)} of ${count}`)
  if (!results.length) return
  context.say(
    `${split[0]!.toUpperCase()}${split.slice(1)} rows\n\n${tableOf(results, metrics, split, series)}`,
  )
  const failed = results.filter(({ reason }) => reason === 'non-finite').length
  if (failed)
    context.say(
      `\n${plural(failed, word)} ended with a loss that is no number; counted with the best weights before.`,
    )
}

/** Metrics that have a column in the table of trainings; more would not fit a terminal. The file has them all. */
const COLUMNS = 3

function tableOf(
  results: readonly MemberResult[],
  metrics: Readonly<Record<string, Spread>>,
  split: SplitName,
  { word }: Series,
): string {
  const all = Object.keys(metrics)
  const names = all.slice(0, COLUMNS)
  const seeds = word === 'repeat'
  const header = [word, ...(seeds ? ['seed'] : []), 'rows', 'epochs', ...names.map(metricLabel)]
  const rows = results.map((result) => [
    String(result.number),
    ...(seeds ? [String(result.seed)] : []),
    String(result.rows[split]),
    String(result.epoch),
    ...names.map((name) => metricText(name, result.metrics[split]?.[name])),
  ])
  const blank = Array.from({ length: seeds ? 3 : 2 }, () => '')
  const last = spreadLines.map((line) => [
    line.label,
    ...blank,
    ...names.map((name) => spreadText(name, metrics[name]!, line)),
  ])
  const others = all
    .slice(COLUMNS)
    .map((name) => [metricLabel(name), ...spreadLines.map((line) => spreadText(name, metrics[name]!, line))])
  const table = textTable(header, [...rows, ...last])
  return others.length
    ? `${table}\n\n${textTable(['others', ...spreadLines.map(({ label }) => label)], others)}`
    : table
}

import { join, relative } from 'node:path'
import { writeExperiment } from '../../../experiment/write'
import { trainSeries, type MemberResult, type SeriesEvent } from '../../../training/series'
import { seriesCsv } from '../../../training/series-csv'
import { seriesKinds, seriesMembers, type SeriesWish } from '../../../training/series-kinds'
import { chooseBackend } from '../../backend'
import type { RunMaterial } from '../../data/prepare-run'
import { moveExperiment } from '../../data/relative-source'
import { writeAtomic } from '../../files/write-atomic'
import { runFiles } from '../../run-folder/layout'
import { exitCodes, type ExitCode } from '../command'
import type { CliContext } from '../context'
import { pullGently } from '../pull-gently'
import { showProblem } from '../show-problem'
import { seriesFiles } from './series-options'
import { createSeriesReporter } from './series-reporter'

export interface SeriesRequest {
  readonly series: SeriesWish
  readonly material: RunMaterial
  /** Folder of the experiment file. */
  readonly folder: string
  /** Makes the folder ready; called when the first training is known to be right. */
  readonly place: () => string
  /** Threads that share each training's large steps. */
  readonly threads: number
  /** One of `backendWishes`; chosen once for all. */
  readonly backend: string
}

/** Trains folds or repeats one after the other; the table of results is on the disk after each. */
export async function runSeries(context: CliContext, request: SeriesRequest): Promise<ExitCode> {
  const { series, material } = request
  const { experiment, data, read } = material
  const clock = (): number => context.clock() / 1000
  const { create } = chooseBackend(request.backend, request.threads, { experiment, data, clock })
  const host = { createBackend: create, clock }
  const events = trainSeries(seriesMembers(series, { table: read.table, experiment, data }), host)
  const first = events.next()
  const path = request.place()
  const place = { experiment, folder: request.folder }
  writeAtomic(join(path, runFiles.experiment), writeExperiment(moveExperiment(place, path)))
  const results: MemberResult[] = []
  const table = join(path, seriesFiles[series.type])
  const save = (): void => writeAtomic(table, seriesCsv(results, seriesKinds[series.type].word))
  save()
  const reporter = createSeriesReporter(context, series)
  const take = (event: SeriesEvent): void => {
    if (event.type === 'training') return reporter.take(event)
    results.push(event.result)
    save()
    reporter.result(event.result)
  }
  if (!first.done) take(first.value)
  const whole = await pullGently(context, events, take, () => reporter.stopping())
  reporter.finish(results, whole)
  context.record({ type: 'run', folder: path })
  context.say(`\nTable:      ${relative(context.folder, table)}`)
  const broken = results.find(({ problem }) => problem)
  if (broken?.problem) showProblem(context, broken.problem)
  return whole ? (broken ? exitCodes.failure : exitCodes.success) : exitCodes.interrupted
}

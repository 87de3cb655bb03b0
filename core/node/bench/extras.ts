import { dirname, join } from 'node:path'
import { textTable } from '../cli/text-table'
import { figure, percent } from '../../metrics/metric-text'
import type { Contestant } from './contestants'
import { jobOf } from './job'
import { lastObject, type RunProgram } from './run-program'
import { median, spread } from './statistics'
import { costOfWatching, type Watched } from './watched'
import { timeWholeProcesses, type WholeProcess } from './whole-process'
import { writeData } from './workload-data'
import { workloads, type Workload } from './workloads'

/** What is timed beside the trainings themselves. */
export interface Extras {
  readonly whole: readonly WholeProcess[]
  readonly watched: readonly (Watched & { readonly workload: string })[]
}

export interface ExtrasOptions {
  readonly contestants: readonly Contestant[]
  readonly only: readonly Workload[]
  readonly backend: string
  readonly rounds: number
  /** Holds the data. */
  readonly folder: string
  /** May be written to. */
  readonly own: string
  readonly program: string
  readonly run: RunProgram
}

export async function timeExtras(options: ExtrasOptions): Promise<Extras> {
  const { contestants, only, backend, rounds, folder, own, program, run } = options
  writeData(own, workloads[0]!)
  const nabla = join(dirname(program), 'nabla.cjs')
  const whole = await timeWholeProcesses({ contestants, folder: own, rounds, run, nabla })
  const watched: Extras['watched'][number][] = []
  for (const workload of only) {
    const job = jobOf(workload, folder, { warm: false, seeds: [] })
    const words = [process.execPath, program, '--watch', JSON.stringify(job), '--backend', backend]
    watched.push({ workload: workload.id, ...lastObject<Watched>(await run({ words })) })
  }
  return { whole, watched }
}

export function extrasTable({ whole, watched }: Extras): string {
  const processes = whole.map(({ name, seconds }) => [
    ...[name, figure(median(seconds)), figure(Math.min(...seconds))],
    percent(spread(seconds)),
  ])
  const costs = watched.map((times) => {
    const cost = costOfWatching(times)
    return [times.workload.toUpperCase(), percent(cost.median), percent(cost.fastest)]
  })
  return [
    textTable(['W1 as a whole process', 'median s', 'fastest s', 'spread'], processes),
    textTable(['watched: metrics, events, best weights', 'median', 'of fastest'], costs),
  ].join('\n\n')
}

import { percent } from '../../metrics/metric-text'
import { textTable } from '../cli/text-table'
import { jobOf } from './job'
import { lastObject, type RunProgram } from './run-program'
import { median } from './statistics'
import type { StepTimes } from './watched'
import type { Workload } from './workloads'

/** What a training pays for being watched: shares of what it takes without. */
export interface WatchingCost {
  readonly workload: string
  /** Of metrics and statistics of the layers, one for each process. */
  readonly watched: readonly number[]
  /** Of all that surrounds its steps: these, the best weights, events and their messages. */
  readonly all: readonly number[]
  /** The same of a whole training of its usual epochs; none where that is not a short one. */
  readonly whole: readonly number[]
}

export interface WatchingCostOptions {
  readonly only: readonly Workload[]
  readonly backend: string
  /** Holds the data. */
  readonly folder: string
  readonly program: string
  readonly run: RunProgram
  /** Nothing is watched on either side, to see what measuring itself is off by. */
  readonly bare?: boolean
}

/** Their smallest and largest have the middle of all processes between them in 31 of 32 cases, whatever they are spread like. */
const PROCESSES = 6

export async function timeWatchingCosts(options: WatchingCostOptions): Promise<WatchingCost[]> {
  const { only, backend, folder, program, run, bare } = options
  const costs: WatchingCost[] = []
  for (const workload of only) {
    const times: StepTimes[] = []
    while (times.length < PROCESSES) {
      const job = jobOf(workload, folder, { warm: false, seeds: [times.length] })
      const words = [process.execPath, program, '--watch', JSON.stringify(job), '--backends', backend]
      times.push(lastObject(await run({ words: bare ? [...words, '--bare'] : words })))
    }
    costs.push(costOf(workload.id, times))
  }
  return costs
}

export const costOf = (workload: string, times: readonly StepTimes[]): WatchingCost => ({
  workload,
  watched: times.map(({ told, watched }) => watched / told - 1),
  all: times.map(({ bare, watched }) => watched / bare - 1),
  whole: times.flatMap(({ whole }) => whole ?? []),
})

export function watchingTable(costs: readonly WatchingCost[]): string {
  const figures = (shares: readonly number[]): string[] =>
    shares.length ? [median(shares), Math.min(...shares), Math.max(...shares)].map(percent) : ['', '', '']
  const heads = ['metrics, statistics', 'and all around steps', 'all of a short training']
  return textTable(
    ['cost of being watched', ...heads.flatMap((head) => [head, 'from', 'to'])],
    costs.map(({ workload, ...costs }) => [
      workload.toUpperCase(),
      ...[costs.watched, costs.all, costs.whole].flatMap(figures),
    ]),
  )
}

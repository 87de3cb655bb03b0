import { dirname, join } from 'node:path'
import { textTable } from '../cli/text-table'
import { figure, percent } from '../../metrics/metric-text'
import type { Contestant } from './contestants'
import { jobOf } from './job'
import { lastObject, type RunProgram } from './run-program'
import { productSize, type ProductSpeed } from './products'
import { median, pairedRatio, spread } from './statistics'
import { raceTables, tableRaceText, type TableRace } from './table-race'
import type { TwoThreads } from './two-threads'
import { timeWatchingCosts, watchingTable, type WatchingCost } from './watching-cost'
import { timeWholeProcesses, type WholeProcess } from './whole-process'
import { writeData } from './workload-data'
import { workloads, type Workload } from './workloads'

/** What is timed beside the trainings themselves. */
export interface Extras {
  readonly whole: readonly WholeProcess[]
  readonly watched: readonly WatchingCost[]
  readonly products: readonly ProductSpeed[]
  /** None where the workload with the largest steps is left out. */
  readonly threads: TwoThreads | null
  readonly tables: readonly TableRace[]
}

export const noExtras: Extras = { whole: [], watched: [], products: [], threads: null, tables: [] }

export interface ExtrasOptions {
  readonly contestants: readonly Contestant[]
  readonly only: readonly Workload[]
  readonly backend: string
  readonly rounds: number
  readonly runs: number
  readonly peers: boolean
  /** Holds the data. */
  readonly folder: string
  /** May be written to. */
  readonly own: string
  readonly program: string
  readonly run: RunProgram
  /** The same, on all cores. */
  readonly runFreely: RunProgram
}

/** Id of the workload that two threads share. */
const SHARED = 'w4'

export async function timeExtras(options: ExtrasOptions): Promise<Extras> {
  const { contestants, only, rounds, own, program, run } = options
  writeData(own, workloads[0]!)
  const nabla = join(dirname(program), 'nabla.cjs')
  const whole = await timeWholeProcesses({ contestants, folder: own, rounds, run, nabla })
  const watched = await timeWatchingCosts(options)
  const products = lastObject<ProductSpeed[]>(await run({ words: [process.execPath, program, '--products'] }))
  const shared = only.find(({ id }) => id === SHARED)
  const threads = shared ? await timeShared(shared, options) : null
  const tables = await raceTables({ ...options, folder: own, run: options.runFreely })
  return { whole, watched, products, threads, tables }
}

/** On all cores. */
async function timeShared(
  shared: Workload,
  { folder, backend, program, runFreely }: ExtrasOptions,
): Promise<TwoThreads> {
  const job = jobOf(shared, folder, { warm: false, seeds: [] })
  const words = [process.execPath, program, '--two-threads', JSON.stringify(job), '--backends', backend]
  return lastObject<TwoThreads>(await runFreely({ words }))
}

export function extrasTable({ whole, watched, products, threads, tables }: Extras): string {
  const processes = whole.map(({ name, seconds }) => [
    ...[name, figure(median(seconds)), figure(Math.min(...seconds))],
    percent(spread(seconds)),
  ])
  const speeds = products.map(({ name, ...speed }) => [name, figure(speed.median), figure(speed.fastest)])
  const size = productSize.join('×')
  return [
    textTable([`wasm products ${size}, GFLOP/s`, 'median', 'fastest'], speeds),
    ...(threads ? [threadsTable(threads)] : []),
    textTable(['W1 as a whole process', 'median s', 'fastest s', 'spread'], processes),
    watchingTable(watched),
    tableRaceText(tables),
  ].join('\n\n')
}

function threadsTable({ one, two }: TwoThreads): string {
  const [few, many] = [Math.min(...one), Math.min(...two)]
  const { median: gain, half } = pairedRatio(one, two)
  const rows = [
    ['1 thread', figure(median(one)), figure(few), '', '', ''],
    [
      '2 threads',
      figure(median(two)),
      figure(many),
      times(gain),
      half.map((value) => value.toFixed(2)).join('–'),
      times(few / many),
    ],
  ]
  return textTable(
    [`${SHARED.toUpperCase()} on all cores`, 'median s', 'fastest s', 'gain', 'half of pairs', 'of fastest'],
    rows,
  )
}

const times = (value: number): string => `${value.toFixed(2)}×`

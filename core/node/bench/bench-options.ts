import { Command, InvalidArgumentError, Option } from 'commander'
import { wholeNumber } from '../cli/arguments'
import { backends } from '../backend'
import { workloads, type Workload } from './workloads'

export interface BenchOptions {
  readonly only: readonly Workload[]
  readonly rounds: number
  readonly runs: number
  readonly backends?: readonly string[]
  readonly core: number
  readonly peers: boolean
  readonly extras: boolean
  readonly data?: string
  readonly tfjs?: string
  readonly json?: string
  /** A picture to write, in place of all else. */
  readonly growth?: string
  /** W7 alone, in place of all else. */
  readonly tables?: boolean
  /** The cost of being watched alone, in place of all else; bare, with nothing to be watched. */
  readonly watched?: boolean
  readonly bare?: boolean
  /** For the program's own children: the job that they train, with one thread and two, or watched and unwatched; or products alone. */
  readonly train?: string
  readonly twoThreads?: string
  readonly watch?: string
  readonly products?: boolean
  readonly table?: string
}

/** Reads `w1,w4`. */
function readWorkloads(text: string): Workload[] {
  const ids = text
    .toLowerCase()
    .split(',')
    .map((word) => word.trim())
  const unknown = ids.find((id) => !workloads.some((workload) => workload.id === id))
  if (unknown === undefined) return workloads.filter(({ id }) => ids.includes(id))
  throw new InvalidArgumentError(`"${unknown}" is none of ${workloads.map(({ id }) => id).join(', ')}.`)
}

/** Reads `wasm,native`. */
function readBackends(text: string): string[] {
  const names = text.split(',').map((word) => word.trim())
  const known = ['auto', ...Object.keys(backends)]
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return names
  throw new InvalidArgumentError(`"${unknown}" is none of ${known.join(', ')}.`)
}

/** The words that `npm run bench --` takes. @throws CommanderError for others */
export const benchCommand = (): Command =>
  new Command('bench')
    .description('Times trainings on one thread, ours beside the peers that this machine has.')
    .addOption(
      new Option('--only <workloads>', 'some of them, such as w1,w4')
        .argParser(readWorkloads)
        .default(workloads, 'all'),
    )
    .option('--rounds <number>', 'times that everyone has a turn', wholeNumber(1, 1000), 5)
    .option('--runs <number>', 'timed trainings in a turn', wholeNumber(1, 100), 3)
    .addOption(
      new Option(
        '--backends <names>',
        'what computes ours, such as wasm (default: wasm, and native where it is installed)',
      ).argParser(readBackends),
    )
    .option('--core <number>', 'the processor that all are pinned to', wholeNumber(0, 1023), 0)
    .option('--no-peers', 'ours alone')
    .option(
      '--no-extras',
      'leave out products alone, two threads, whole processes, the cost of being watched and reading a table',
    )
    .option('--data <folder>', 'raw numbers in place of those that are made')
    .addOption(
      new Option('--tfjs <folder>', 'a folder whose node_modules has TensorFlow.js').env('NABLA_BENCH_TFJS'),
    )
    .option('--json <file>', 'also write all figures there')
    .option(
      '--growth <file>',
      'instead, how a step grows with width, depth, batch and rows: an SVG and its numbers',
    )
    .option('--tables', 'instead, reading a CSV file of a million rows (W7) alone')
    .option('--watched', 'instead, the cost of being watched alone')
    .option('--bare', 'with --watched: with nothing to watch, which shows what measuring itself is off by')
    .addOption(new Option('--table <file>').hideHelp())
    .addOption(new Option('--train <job>').hideHelp())
    .addOption(new Option('--two-threads <job>').hideHelp())
    .addOption(new Option('--products').hideHelp())
    .addOption(new Option('--watch <job>').hideHelp())
    .helpOption('-h, --help', 'show this help')
    .allowExcessArguments(false)

import { CommanderError } from 'commander'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { LabError, toHelpPage } from '../../errors/lab-error'
import { exitCodes, type ExitCode } from '../cli/command'
import { createContext, type CliContext } from '../cli/context'
import { showProblem } from '../cli/show-problem'
import type { CliHost } from '../cli/run-cli'
import { usageProblem } from '../cli/usage-problem'
import { writeAtomic } from '../files/write-atomic'
import { hasNative } from '../native/create-native'
import { version } from '../version'
import { benchCommand, type BenchOptions } from './bench-options'
import { contest, type ContestResult } from './contest'
import { contestTable } from './contest-table'
import { findContestants } from './contestants'
import { extrasTable, noExtras, timeExtras, type Extras } from './extras'
import type { Job } from './job'
import { timeProducts } from './products'
import { reportOf } from './report'
import { drawGrowth } from './draw-growth'
import { createRunner, pinning } from './run-program'
import { readTableJob } from './table-job'
import { raceTables, tableRaceText } from './table-race'
import { trainJob } from './train-job'
import { timeTwoThreads } from './two-threads'
import { timeWatching, usualStretches } from './watched'
import { timeWatchingCosts, watchingTable } from './watching-cost'
import { writeData } from './workload-data'

export interface BenchHost extends CliHost {
  /** This program, which is started anew for each training of ours. */
  readonly program: string
}

/** `npm run bench`. Never throws: problems become help pages and codes. */
export async function runBench(typed: readonly string[], host: BenchHost): Promise<ExitCode> {
  const context = createContext(host.terminal, { ...host, json: false, typed })
  const interrupted = new AbortController()
  const release = host.onInterrupt(() => interrupted.abort())
  const command = benchCommand()
    .exitOverride()
    .configureOutput({ writeOut: host.terminal.out, writeErr: () => undefined })
  try {
    command.parse([...typed], { from: 'user' })
    await run(command.opts<BenchOptions>(), { context, program: host.program, signal: interrupted.signal })
    return exitCodes.success
  } catch (error) {
    return interrupted.signal.aborted ? exitCodes.interrupted : failed(context, error)
  } finally {
    release()
  }
}

function failed(context: CliContext, error: unknown): ExitCode {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.success
  const usage = error instanceof CommanderError
  showProblem(context, usage ? usageProblem(error, ownHelp) : toHelpPage(error))
  return usage || error instanceof LabError ? exitCodes.badInput : exitCodes.failure
}

const ownHelp = {
  expected: 'options as "npm run bench -- --help" shows them',
  help: 'See "npm run bench -- --help" for what it takes.',
}

/** Seconds that the processor has worked for this process. */
function processor(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

interface BenchRun {
  readonly context: CliContext
  readonly program: string
  readonly signal: AbortSignal
}

async function run(options: BenchOptions, { context, program, signal }: BenchRun): Promise<void> {
  const clock = (): number => context.clock() / 1000
  const [backend = 'wasm'] = options.backends ?? []
  const child = (answer: object): void => context.say(JSON.stringify(answer))
  if (options.train) return child(trainJob(JSON.parse(options.train) as Job, backend, clock))
  if (options.table !== undefined) return child(await readTableJob(options.table, options.runs, clock))
  if (options.twoThreads) return child(timeTwoThreads(JSON.parse(options.twoThreads) as Job, backend, clock))
  if (options.products) return child(timeProducts(processor))
  if (options.watch) {
    const how = { ...usualStretches, bare: options.bare }
    return child(timeWatching(JSON.parse(options.watch) as Job, backend, { clock, processor }, how))
  }
  if (options.growth !== undefined) return drawGrowth(options.growth, backend, { context, clock })
  const own = mkdtempSync(join(tmpdir(), 'nabla-bench-'))
  try {
    if (options.tables) return await readTables(options, { context, program, signal }, own)
    if (options.watched) return await watchAlone(options, { context, program, signal }, own)
    await compare(options, { context, program, signal }, own)
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
}

const usualBackends = (): string[] => (hasNative() ? ['wasm', 'native'] : ['wasm'])

/** Reading alone. */
async function readTables(
  { rounds, runs, peers }: BenchOptions,
  { context, program, signal }: BenchRun,
  folder: string,
): Promise<void> {
  const run = createRunner([], signal)
  context.say(tableRaceText(await raceTables({ folder, rounds, runs, peers, program, run })))
}

/** The cost of being watched alone. */
async function watchAlone(
  options: BenchOptions,
  { context, program, signal }: BenchRun,
  own: string,
): Promise<void> {
  const { only, bare, backends: [backend] = usualBackends() } = options
  for (const workload of only) writeData(own, workload)
  const run = createRunner(pinning(options.core), signal)
  const costs = await timeWatchingCosts({ only, backend: backend!, folder: own, program, run, bare })
  context.say(watchingTable(costs))
}

async function compare(
  options: BenchOptions,
  { context, program, signal }: BenchRun,
  own: string,
): Promise<void> {
  const { only, rounds, runs, backends = usualBackends() } = options
  const pin = pinning(options.core)
  const runProgram = createRunner(pin, signal)
  const contestants = findContestants({
    program,
    backends,
    folder: own,
    peers: options.peers,
    tfjs: options.tfjs && resolve(context.folder, options.tfjs),
  })
  const folder = options.data === undefined ? own : resolve(context.folder, options.data)
  const machine = {
    processor: cpus()[0]?.model ?? 'unknown',
    pinned: pin.length > 0,
    node: process.versions.node,
  }
  context.note(
    `${machine.processor}, ${machine.pinned ? `core ${options.core}` : 'not pinned'}; ${contestants.map(({ name }) => name).join(', ')}; ${rounds} rounds of ${runs} trainings after a warm-up`,
  )
  const results: ContestResult[] = []
  for (const workload of only) {
    context.note(`${workload.id} …`)
    if (options.data === undefined) writeData(own, workload)
    results.push(await contest(workload, { contestants, folder, rounds, runs, run: runProgram }))
  }
  context.say(contestTable(results))
  const extras: Extras = options.extras
    ? await timeExtras({
        ...{ contestants, only, backend: backends[0]!, rounds, runs, folder, own, program, run: runProgram },
        peers: options.peers,
        runFreely: createRunner([], signal),
      })
    : noExtras
  if (options.extras) context.say(`\n${extrasTable(extras)}`)
  if (options.json !== undefined) {
    const report = reportOf({ version, machine, rounds, runs, backends, results, extras })
    writeAtomic(resolve(context.folder, options.json), `${JSON.stringify(report, null, 2)}\n`)
  }
}

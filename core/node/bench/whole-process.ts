import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeExperiment } from '../../experiment/write'
import type { Contestant } from './contestants'
import { jobOf } from './job'
import type { RunProgram } from './run-program'
import { readData } from './workload-data'
import { experimentOf, workloads } from './workloads'

/** Seconds of whole processes, from their start to their end, round by round. */
export interface WholeProcess {
  readonly name: string
  readonly seconds: readonly number[]
}

export interface WholeProcessOptions {
  readonly contestants: readonly Contestant[]
  readonly folder: string
  readonly rounds: number
  readonly run: RunProgram
  /** The command line's program. */
  readonly nabla: string
}

/** W1 once and cold: `nabla train` from a CSV file to a run folder, and each peer's program from raw numbers. */
export async function timeWholeProcesses(options: WholeProcessOptions): Promise<WholeProcess[]> {
  const { contestants, folder, rounds, run, nabla } = options
  const workload = workloads[0]!
  const experiment = writeIris(folder)
  const out = join(folder, 'run')
  const job = jobOf(workload, folder, { warm: false, seeds: [1] })
  const calls = [
    { name: 'nabla train', call: { words: [process.execPath, nabla, 'train', experiment, '--out', out] } },
    ...contestants
      .filter(({ own, takes }) => !own && takes(workload))
      .map(({ name, call }) => ({ name, call: call(job) })),
  ]
  const seconds = calls.map((): number[] => [])
  for (let round = 0; round < rounds; round++)
    for (const [i, { call }] of calls.entries()) {
      rmSync(out, { recursive: true, force: true })
      seconds[i]!.push((await run(call)).seconds)
    }
  return calls.map(({ name }, i) => ({ name, seconds: seconds[i]! }))
}

/** The first workload as a user has it: a CSV file and an experiment that names it. Gives the experiment's path. */
function writeIris(folder: string): string {
  const workload = workloads[0]!
  const { features, targets } = readData(folder, workload)
  const names = Array.from({ length: workload.inputs }, (_, i) => `x${i + 1}`)
  const lines = Array.from(targets, (label, row) => {
    const cells = names.map((_, i) => features[row * workload.inputs + i]!.toFixed(4))
    return [...cells, `class ${label}`].join(',')
  })
  const own = join(folder, 'whole-process')
  mkdirSync(own, { recursive: true })
  writeFileSync(join(own, `${workload.id}.csv`), [[...names, 'y'].join(','), ...lines, ''].join('\n'))
  const experiment = experimentOf(workload)
  const unscaled = Object.fromEntries(names.map((name) => [name, { role: 'feature', scale: 'none' }]))
  const columns = { ...unscaled, y: { role: 'target', type: 'category' } } as typeof experiment.data.columns
  const file = join(own, `${workload.id}.nabla.json`)
  writeFileSync(file, writeExperiment({ ...experiment, data: { ...experiment.data, columns } }))
  return file
}

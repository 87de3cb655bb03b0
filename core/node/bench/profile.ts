import { callFlops, innerSize } from '../../graph/cost'
import type { KernelCall } from '../../graph/plan'
import { prepareSteps, type TrainingToTime } from '../../training/steps'
import { stopwatchBackend, type PartTime } from './stopwatch-backend'

/** Where the time of a training step goes: one row for all calls of one kernel on one shape in one layer. */
export interface ProfileRow {
  /** `matmul Aᵀ·B`, or of calls that run as one, `multiply+add+sqrt`. */
  readonly kernel: string
  /** `1.dense`, `optimizer`; several where calls of several layers run as one. */
  readonly layer: string
  /** `m×k×n` of a product, else the shape of what is written. */
  readonly shape: string
  /** In one step. */
  readonly calls: number
  /** Of one step. */
  readonly seconds: number
  /** Of the step, so that all rows together make 1. */
  readonly share: number
  /** Of products; null for other kernels. */
  readonly gigaflops: number | null
}

export interface Profile {
  readonly rows: readonly ProfileRow[]
  /** Floating-point operations of the products of one step; on average, where steps are not alike. */
  readonly stepFlops: number
}

/** Kernel of the row for all that is no call of a plan. */
export const feeding = 'rows into the batch'

/**
 * Trains for about `seconds` with a stopwatch around each kernel. Largest share first.
 * @param clock seconds from any start
 */
export function profileSteps(
  training: TrainingToTime,
  { seconds, clock }: { readonly seconds: number; readonly clock: () => number },
): Profile {
  const watch = stopwatchBackend(training.backend, clock)
  const steps = prepareSteps({ ...training, backend: watch.backend })
  const stepFor = (length: number): { count: number; seconds: number } => {
    const from = clock()
    for (let count = 1; ; count++) {
      steps.step()
      if (clock() - from >= length) return { count, seconds: clock() - from }
    }
  }
  // Each part is compiled for itself and becomes fast only after some runs.
  stepFor(seconds)
  watch.reset()
  const { count, seconds: whole } = stepFor(seconds)
  const ticks = watch.times.reduce((sum, { runs }) => sum + runs, count)
  return {
    rows: profileRows(watch.times, count, whole - ticks * watch.tick),
    stepFlops: watch.times.reduce((sum, { calls, runs }) => sum + runs * flopsOf(calls), 0) / count,
  }
}

/** Rows from the times of `steps` steps that took `whole` seconds; what the parts do not explain is feeding them. */
export function profileRows(times: readonly PartTime[], steps: number, whole: number): ProfileRow[] {
  const ran = times.filter(({ runs }) => runs > 0)
  const inParts = ran.reduce((sum, { seconds }) => sum + seconds, 0)
  const total = Math.max(whole, inParts)
  const groups = new Map<string, PartTime[]>()
  for (const time of ran) {
    const key = nameOf(time.calls).join('|')
    groups.set(key, [...(groups.get(key) ?? []), time])
  }
  const rows = [...groups.values()].map((group) => rowOf(group, steps, total))
  const rest = total - inParts
  rows.push({
    ...{ kernel: feeding, layer: 'data', shape: '', calls: 1, gigaflops: null },
    ...{ seconds: rest / steps, share: rest / total },
  })
  return rows.sort((a, b) => b.share - a.share)
}

function rowOf(group: readonly PartTime[], steps: number, total: number): ProfileRow {
  const [kernel, layer, shape] = nameOf(group[0]!.calls)
  const seconds = group.reduce((sum, time) => sum + time.seconds, 0)
  const runs = group.reduce((sum, time) => sum + time.runs, 0)
  const flops = group.reduce((sum, { calls, runs: times }) => sum + times * flopsOf(calls), 0)
  return {
    ...{ kernel, layer, shape },
    calls: runs / steps,
    seconds: seconds / steps,
    share: seconds / total,
    gigaflops: flops && seconds ? flops / seconds / 1e9 : null,
  }
}

const flopsOf = (calls: readonly KernelCall[]): number =>
  calls.reduce((flops, call) => flops + callFlops(call), 0)

const nameOf = (calls: readonly KernelCall[]): [kernel: string, layer: string, shape: string] => [
  calls.map(kernelOf).join('+'),
  [...new Set(calls.map(({ scope }) => scope))].join(', '),
  shapeOf(calls.at(-1)!),
]

function kernelOf({ op, attributes }: KernelCall): string {
  if (op !== 'matmul') return op
  return `matmul A${attributes.transposeA ? 'ᵀ' : ''}·B${attributes.transposeB ? 'ᵀ' : ''}`
}

function shapeOf(call: KernelCall): string {
  const { shape } = call.output
  const inner = innerSize(call)
  return (inner === undefined ? shape : [...shape.slice(0, -1), Math.round(inner), ...shape.slice(-1)]).join(
    '×',
  )
}

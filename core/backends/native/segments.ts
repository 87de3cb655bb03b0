import { isElementwise } from '../../graph/op'
import type { KernelCall } from '../../graph/plan'
import { sizeOf } from '../../graph/shape'
import { laneOps } from '../wasm/lane-ops'
import { isReadLater, type MemoryUse, type Span } from '../wasm/memory-use'
import { lowerings } from './lowering/kinds'

/** Neighbouring calls of a plan that are of one kind. */
interface Run<K> {
  readonly calls: readonly KernelCall[]
  readonly kind: K
  /** Index of the call after the last. */
  readonly end: number
}

/** Neighbouring calls that run in one place. */
export type Segment = Run<'native' | 'wasm'>

/** Functions that ONNX Runtime computes with wider vectors than the kernels have. */
const functions: ReadonlySet<string> = new Set('exp log tanh sigmoid softplus erf sin cos'.split(' '))

/** From so many numbers on a pass over memory takes longer than going from one place to the other. Measured. */
const LONG = 1024

const isProduct = (call: KernelCall): boolean => call.op === 'matmul' || call.op === 'dense'

/**
 * Cuts a plan: products and what surrounds them run natively. The WebAssembly kernels get what ONNX does not have, long
 * arithmetic between products, and all that only makes new states from old ones: they do neighbouring calls, up to the
 * optimizer's whole update, in one pass over memory, where ONNX Runtime takes a pass for each, and three for a comparison.
 */
export function segmentsOf(
  calls: readonly KernelCall[],
  uses: readonly MemoryUse[],
  outputs: readonly Span[],
): Segment[] {
  const passes = new Set([...updatesOf(calls, uses, outputs), ...arithmeticOf(calls)])
  const places = calls.map(({ op }, i) => (lowerings[op] && !passes.has(i) ? 'native' : 'wasm'))
  const worthwhile = runsOf(calls, places).flatMap(({ calls: run, kind }) =>
    run.map(() => (run.some(isProduct) ? kind : 'wasm')),
  )
  return runsOf(calls, worthwhile)
}

/** All that ONNX has runs natively, even where the kernels are quicker. */
export const widestSegments = (calls: readonly KernelCall[]): Segment[] =>
  runsOf(
    calls,
    calls.map(({ op }) => (lowerings[op] ? 'native' : 'wasm')),
  )

function runsOf<K>(calls: readonly KernelCall[], kinds: readonly K[]): Run<K>[] {
  const starts = kinds.flatMap((kind, i) => (kind === kinds[i - 1] && i > 0 ? [] : [i]))
  return starts.map((start, i) => {
    const end = starts[i + 1] ?? calls.length
    return { calls: calls.slice(start, end), kind: kinds[start]!, end }
  })
}

/** Long elementwise calls, but not those next to functions: taken out from among those, they would cut others apart. */
function arithmeticOf(calls: readonly KernelCall[]): number[] {
  const elementwise = calls.map(({ op }) => isElementwise(op))
  return runsOf(calls, elementwise).flatMap(({ calls: run, kind: passes, end }) =>
    passes && !run.some(({ op }) => functions.has(op))
      ? run.flatMap(({ output }, i) => (sizeOf(output.shape) >= LONG ? [end - run.length + i] : []))
      : [],
  )
}

/** Elementwise calls whose results no others need, up to the states. */
function updatesOf(
  calls: readonly KernelCall[],
  uses: readonly MemoryUse[],
  outputs: readonly Span[],
): ReadonlySet<number> {
  const found = new Set<number>()
  const others = [...uses]
  for (let i = calls.length - 1; i >= 0; i--) {
    if (!laneOps[calls[i]!.op]) continue
    if (isReadLater(uses[i]!.write, others.slice(i + 1), outputs)) continue
    found.add(i)
    others[i] = { reads: [], write: uses[i]!.write }
  }
  return found
}

import type { KernelCall } from '../../graph/plan'
import { laneOps } from '../wasm/lane-ops'
import { isReadLater, type MemoryUse, type Span } from '../wasm/memory-use'
import { lowerings } from './lowering/kinds'

/** Neighbouring calls of a plan that run in one place. */
export interface Segment {
  readonly calls: readonly KernelCall[]
  readonly place: 'native' | 'wasm'
  /** Index of the call after the last. */
  readonly end: number
}

const isProduct = (call: KernelCall): boolean => call.op === 'matmul' || call.op === 'dense'

/**
 * Cuts a plan: products and what surrounds them run natively. The WebAssembly kernels get what ONNX does not have, and
 * all that only makes new states from old ones: they do the optimizer's whole update in one pass over memory.
 */
export function segmentsOf(
  calls: readonly KernelCall[],
  uses: readonly MemoryUse[],
  outputs: readonly Span[],
): Segment[] {
  const updates = updatesOf(calls, uses, outputs)
  const places = calls.map(({ op }, i) => (lowerings[op] && !updates.has(i) ? 'native' : 'wasm'))
  const worthwhile = cutWhere(calls, places).flatMap(({ calls: run, place }) =>
    run.map(() => (run.some(isProduct) ? place : 'wasm')),
  )
  return cutWhere(calls, worthwhile)
}

/** All that ONNX has runs natively, even where the kernels are quicker. */
export const widestSegments = (calls: readonly KernelCall[]): Segment[] =>
  cutWhere(
    calls,
    calls.map(({ op }) => (lowerings[op] ? 'native' : 'wasm')),
  )

function cutWhere(calls: readonly KernelCall[], places: readonly Segment['place'][]): Segment[] {
  const starts = places.flatMap((place, i) => (place === places[i - 1] ? [] : [i]))
  return starts.map((start, i) => {
    const end = starts[i + 1] ?? calls.length
    return { calls: calls.slice(start, end), place: places[start]!, end }
  })
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

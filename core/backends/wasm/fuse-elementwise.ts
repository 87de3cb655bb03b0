import type { ElementwiseLoop, LoopStep } from './elementwise'
import { isReadLater, overlap, type MemoryUse, type Span } from './memory-use'

/** An elementwise call with its places known. */
export interface PlacedCall extends MemoryUse {
  readonly op: string
}

const countOf = (call: PlacedCall): number => call.write.bytes / 4

/** Two operands that one pass can treat: apart, or the same numbers side by side. */
const compatible = (a: Span, b: Span): boolean =>
  !overlap(a, b) || (a.address === b.address && a.bytes === b.bytes)

/** True when `next` can be computed in the same pass over memory as the calls of `run`. */
export function fitsRun(next: PlacedCall, run: readonly PlacedCall[]): boolean {
  return run.every(
    (call) =>
      countOf(call) === countOf(next) &&
      [...call.reads, call.write].every((span) => compatible(span, next.write)) &&
      next.reads.every((span) => compatible(span, call.write)),
  )
}

/** The run as a loop; results that nobody reads after it are not written to memory. */
export function toLoop(
  run: readonly PlacedCall[],
  later: readonly MemoryUse[],
  kept: readonly Span[],
): ElementwiseLoop {
  const count = countOf(run[0]!)
  const steps = run.map((call, i): LoopStep => {
    const overwritten = run.slice(i + 1).some((other) => other.write.address === call.write.address)
    return {
      op: call.op,
      operands: call.reads.map(({ address, bytes }) => ({ address, single: bytes < call.write.bytes })),
      address: call.write.address,
      store: !overwritten && isReadLater(call.write, later, kept),
    }
  })
  return { count, steps }
}

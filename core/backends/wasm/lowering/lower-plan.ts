import type { Region } from '../../../graph/op'
import type { KernelCall, Plan } from '../../../graph/plan'
import { sizeOf } from '../../../graph/shape'
import { fitsRun, toLoop, type PlacedCall } from '../fuse-elementwise'
import type { Invocation } from '../invocation'
import { laneOps } from '../lane-ops'
import type { Span } from '../memory-use'
import type { Step } from '../program-module'
import { lowerings } from './kinds'
import type { Placement } from './lowering'
import { shareCall, shareLoop, type Sharing } from './share'

export interface LoweringOptions {
  /** Whether neighbouring elementwise calls become one pass over memory. */
  readonly fuse: boolean
  /** Large calls become steps that threads may share. */
  readonly sharing?: Sharing
}

/** Neighbouring calls of a plan, and what they became together. */
export interface LoweredPart {
  readonly calls: readonly KernelCall[]
  readonly steps: readonly Step[]
}

/** Turns a plan's calls into what a program does, one after the other. */
export function lowerPlan(plan: Plan, place: Placement, { fuse, sharing }: LoweringOptions): LoweredPart[] {
  const placed = plan.calls.map((call) => placeCall(call, place))
  const kept = keptSpans(plan, place)
  const parts: LoweredPart[] = []
  for (let at = 0; at < placed.length;) {
    const run = fuse ? runFrom(placed, at) : placed.slice(at, at + 1)
    const calls = plan.calls.slice(at, at + run.length)
    at += run.length
    const steps = laneOps[run[0]!.op]
      ? [lowerRun(run, placed.slice(at), kept, sharing)]
      : ((sharing && shareCall(calls[0]!, place, sharing)) ?? lowerOne(calls[0]!, place))
    parts.push({ calls, steps })
  }
  return parts
}

/** Elementwise calls in one pass. */
function lowerRun(
  run: readonly PlacedCall[],
  later: readonly PlacedCall[],
  kept: readonly Span[],
  sharing: Sharing | undefined,
): Step {
  const loop = run.length === 1 ? toLoop(run, [], [run[0]!.write]) : toLoop(run, later, kept)
  return (sharing && shareLoop(loop, sharing)) ?? loop
}

const spanOf = (region: Region, place: Placement): Span => ({
  address: place.address(region),
  bytes: sizeOf(region.shape) * 4,
})

const placeCall = (call: KernelCall, place: Placement): PlacedCall => ({
  op: call.op,
  reads: call.inputs.map((region) => spanOf(region, place)),
  write: spanOf(call.output, place),
})

/** What lives on after a run: outputs and persistent buffers. */
const keptSpans = (plan: Plan, place: Placement): Span[] => [
  ...Object.values(plan.outputs).map((region) => spanOf(region, place)),
  ...Object.entries(plan.states).map(([buffer, size]) => spanOf({ buffer, offset: 0, shape: [size] }, place)),
]

function lowerOne(call: KernelCall, place: Placement): Invocation[] {
  const lowering = lowerings[call.op]
  if (!lowering) throw new RangeError(`the wasm backend has no kernel for "${call.op}"`)
  return lowering(call, place)
}

/** The call at `at` and as many after it as one pass can take. */
function runFrom(calls: readonly PlacedCall[], at: number): PlacedCall[] {
  const run = [calls[at]!]
  if (!laneOps[run[0]!.op]) return run
  for (let i = at + 1; i < calls.length; i++) {
    const next = calls[i]!
    if (!laneOps[next.op] || !fitsRun(next, run)) break
    run.push(next)
  }
  return run
}

import type { Region } from '../../../graph/op'
import type { KernelCall, Plan } from '../../../graph/plan'
import { sizeOf } from '../../../graph/shape'
import type { ElementwiseLoop } from '../elementwise'
import { fitsRun, toLoop, type PlacedCall } from '../fuse-elementwise'
import { invoke, type Invocation } from '../invocation'
import { laneOps } from '../lane-ops'
import type { Span } from '../memory-use'
import { lowerings } from './kinds'
import type { Placement } from './lowering'

/** What a program does, one after the other. */
export type Step = Invocation | ElementwiseLoop

/** Ops that alone are better done by a kernel of their own name, whose loop holds the function's code itself. */
const ownLoop: ReadonlySet<string> = new Set([
  'sign',
  'exp',
  'log',
  'tanh',
  'sigmoid',
  'softplus',
  'erf',
  'sin',
  'cos',
])

/** Turns a plan's calls into steps. With `fuse`, neighbouring elementwise calls become one pass over memory. */
export function lowerPlan(plan: Plan, place: Placement, fuse: boolean): Step[] {
  const placed = plan.calls.map((call) => placeCall(call, place))
  const kept = keptSpans(plan, place)
  const steps: Step[] = []
  for (let at = 0; at < placed.length;) {
    const run = fuse ? runFrom(placed, at) : placed.slice(at, at + 1)
    const later = placed.slice(at + run.length)
    if (!laneOps[run[0]!.op]) steps.push(...lowerOne(plan.calls[at]!, place))
    else if (run.length === 1) steps.push(lowerSingle(run[0]!))
    else steps.push(toLoop(run, later, kept))
    at += run.length
  }
  return steps
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

function lowerSingle(call: PlacedCall): Step {
  const { op, reads, write } = call
  const sameSize = reads.every((read) => read.bytes === write.bytes)
  if (ownLoop.has(op) && sameSize) return invoke(op, reads[0]!.address, write.address, write.bytes / 4)
  return toLoop([call], [], [write])
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

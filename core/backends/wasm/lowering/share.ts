import type { KernelCall } from '../../../graph/plan'
import type { ElementwiseLoop } from '../elementwise'
import type { SharedStep, Single } from '../program-module'
import type { Placement } from './lowering'
import { splittings } from './splitting'

/** Among how many threads large steps are shared out, and what counts as large. */
export interface Sharing {
  readonly threads: number
  /** Nanoseconds of work below which a part is not worth waking a helper for. */
  readonly leastWork: number
}

/** Elementwise parts begin on cache lines, so that no two threads write to the same one. */
const LINE = 16

/**
 * Parts for each thread where they are long: one that the computer leaves less time than others then does fewer of them, instead
 * of keeping all waiting.
 */
const PARTS = 4
/** A part is long when it takes so many times the least work; shorter ones cost more than they even out. */
const LONG = 30

/** `pieces` shared out among as many parts as pay, in neighbouring stretches; nothing where it would be one. */
function stretches(
  pieces: number,
  nanoseconds: number,
  { threads, leastWork }: Sharing,
): [number, number][] | undefined {
  const worth = nanoseconds / Math.max(leastWork, 1)
  const most = Math.min(threads * PARTS, Math.max(threads, Math.floor(worth / LONG)))
  const parts = Math.min(most, pieces, Math.floor(worth))
  if (parts < 2) return undefined
  const border = (i: number): number => Math.floor((i * pieces) / parts)
  return Array.from({ length: parts }, (_, i) => [border(i), border(i + 1)])
}

/** A large call as a step that threads may share, or nothing. */
export function shareCall(call: KernelCall, place: Placement, sharing: Sharing): SharedStep[] | undefined {
  const splitting = splittings[call.op]
  if (!splitting) return undefined
  const parts = stretches(splitting.pieces(call), splitting.cost(call), sharing)
  if (!parts) return undefined
  const own = (part: number): Placement => ({
    ...place,
    workspace: (bytes) => place.workspace(bytes, part),
  })
  return [{ parts: parts.map(([from, end], part) => splitting.part(call, own(part), from, end)) }]
}

/** A long elementwise pass as a step that threads may share, or nothing. */
export function shareLoop(loop: ElementwiseLoop, sharing: Sharing): SharedStep | undefined {
  const pieces = Math.floor(loop.count / LINE)
  const parts = stretches(pieces, costOf(loop), sharing)
  if (!parts) return undefined
  return {
    parts: parts.map(([from, end], i): Single[] => [
      stretchOf(loop, from * LINE, i === parts.length - 1 ? loop.count : end * LINE),
    ]),
  }
}

/** Operands in memory and functions are what takes time. */
const costOf = ({ count, steps }: ElementwiseLoop): number => count * steps.length * 0.15

function stretchOf({ steps }: ElementwiseLoop, from: number, end: number): ElementwiseLoop {
  const moved = (address: number): number => address + from * 4
  return {
    count: end - from,
    steps: steps.map((step) => ({
      ...step,
      address: moved(step.address),
      operands: step.operands.map((operand) =>
        operand.single ? operand : { ...operand, address: moved(operand.address) },
      ),
    })),
  }
}

import { binaryOps, type Region } from '../../../core/graph/op'
import type { KernelCall, Plan } from '../../../core/graph/plan'
import { numbers } from './wasm/plans'

export const ARENA = 96
const next = numbers(99)
const below = (n: number): number => Math.floor(next() * n)
const pick = <T>(items: readonly T[]): T => items[below(items.length)]!

/** Mostly neat places, at times overlapping ones, at times in a persistent buffer. */
function anyRegion(size: number): Region {
  const buffer = next() < 0.2 ? 'parameters' : 'arena'
  const neat = below(Math.floor(ARENA / 24)) * 24
  const offset = next() < 0.8 ? neat : below(ARENA - size)
  return { buffer, offset, shape: [size] }
}

/** What a call may ask of its own operands: a planner never lets an output cover an input by half. */
function apartOrSame(a: Region, b: Region): boolean {
  const [endA, endB] = [a.offset + a.shape[0]!, b.offset + b.shape[0]!]
  if (a.buffer !== b.buffer || endA <= b.offset || endB <= a.offset) return true
  return a.offset === b.offset && endA === endB
}

function anyCall(size: number, ops: readonly KernelCall['op'][]): KernelCall {
  const op = pick(ops)
  const operands = op === 'where' ? 3 : (binaryOps as readonly string[]).includes(op) ? 2 : 1
  const mayBeSingle = op !== 'copy' && op !== 'stopGradient'
  const inputs = Array.from({ length: operands }, () => anyRegion(mayBeSingle && next() < 0.25 ? 1 : size))
  let output = anyRegion(size)
  while (!inputs.every((input) => apartOrSame(input, output))) output = anyRegion(size)
  return { op, inputs, output, attributes: {}, node: 0, scope: 'test' }
}

/**
 * A plan of elementwise calls among `ops` over places that are reused without any order. Input `x`, outputs `y` and `z`,
 * state `parameters`, all but the outputs of ARENA numbers.
 */
export function anyPlan(ops: readonly KernelCall['op'][]): Plan {
  const sizes = [1, 5, 13, 24, 24, 24]
  let size = pick(sizes)
  const calls = Array.from({ length: 3 + below(14) }, () => {
    if (next() < 0.1) size = pick(sizes)
    return anyCall(size, ops)
  })
  return {
    arenaSize: ARENA,
    constants: [],
    inputs: { x: { buffer: 'arena', offset: 0, shape: [ARENA] } },
    outputs: { y: anyRegion(24), z: calls.at(-1)!.output },
    states: { parameters: ARENA },
    calls,
  }
}

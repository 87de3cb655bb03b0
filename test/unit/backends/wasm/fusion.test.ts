import { expect, test } from 'vitest'
import type { Program } from '../../../../core/backends/backend'
import type { ElementwiseLoop } from '../../../../core/backends/wasm/elementwise'
import { lowerPlan } from '../../../../core/backends/wasm/lowering/lower-plan'
import { createWasmBackend } from '../../../../core/backends/wasm/wasm-backend'
import { binaryOps, unaryOps, type Region } from '../../../../core/graph/op'
import type { KernelCall, Plan } from '../../../../core/graph/plan'
import { numbers, seed } from './plans'

const ARENA = 96
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

function anyCall(size: number): KernelCall {
  const op = pick([
    ...unaryOps,
    ...binaryOps,
    ...binaryOps,
    ...binaryOps,
    'where',
    'copy',
    'stopGradient',
  ] as const)
  const operands = op === 'where' ? 3 : (binaryOps as readonly string[]).includes(op) ? 2 : 1
  const mayBeSingle = op !== 'copy' && op !== 'stopGradient'
  const inputs = Array.from({ length: operands }, () => anyRegion(mayBeSingle && next() < 0.25 ? 1 : size))
  let output = anyRegion(size)
  while (!inputs.every((input) => apartOrSame(input, output))) output = anyRegion(size)
  return { op, inputs, output, attributes: {}, node: 0, scope: 'test' }
}

function anyPlan(): Plan {
  const sizes = [1, 5, 13, 24, 24, 24]
  let size = pick(sizes)
  const calls = Array.from({ length: 3 + below(14) }, () => {
    if (next() < 0.1) size = pick(sizes)
    return anyCall(size)
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

/** Bits of everything that is to be seen after two runs; NaN has no bits of its own. */
function bitsAfterRuns(plan: Plan, fuse: boolean, values: Float32Array): number[] {
  const backend = createWasmBackend({ fuse })
  const store = backend.createStore(plan.states)
  store.write('parameters', values)
  const program: Program = backend.load(plan, store)
  for (let run = 0; run < 2; run++) {
    program.input('x').set(values)
    program.run(seed)
  }
  const seen = [program.output('y'), program.output('z'), store.read('parameters')]
  return seen.flatMap((part) => [...part]).map((x) => (Number.isNaN(x) ? 0x7fc00000 : bitsOf(x)))
}

const bitsOf = (x: number): number => new Int32Array(Float32Array.of(x).buffer)[0]!

test('one pass over memory gives the bits of op by op, for any calls in any places', () => {
  for (let trial = 0; trial < 400; trial++) {
    const plan = anyPlan()
    const values = Float32Array.from({ length: ARENA }, () => next() * 4 - 2)
    expect(bitsAfterRuns(plan, true, values), JSON.stringify(plan)).toEqual(
      bitsAfterRuns(plan, false, values),
    )
  }
})

test('an optimizer’s update becomes one pass that writes only what it must', () => {
  const at = (buffer: string, offset: number, size = 24): Region => ({ buffer, offset, shape: [size] })
  const call = (op: KernelCall['op'], inputs: readonly Region[], output: Region): KernelCall => {
    return { op, inputs, output, attributes: {}, node: 0, scope: 'optimizer' }
  }
  const [gradient, spare, rate] = [at('arena', 0), at('arena', 24), at('arena', 90, 1)] as const
  const plan: Plan = {
    arenaSize: ARENA,
    constants: [],
    inputs: { gradient },
    outputs: {},
    states: { parameters: 24, m: 24 },
    calls: [
      call('add', [at('m', 0), gradient], at('m', 0)),
      call('multiply', [at('m', 0), rate], spare),
      call('sqrt', [spare], spare),
      call('subtract', [at('parameters', 0), spare], at('parameters', 0)),
    ],
  }
  const bases: Record<string, number> = { arena: 0, parameters: 1000, m: 2000 }
  const place = {
    address: (region: Region) => bases[region.buffer]! + region.offset * 4,
    words: () => 0,
    workspace: () => 0,
    matmulWorkspace: () => 0,
  }
  const steps = lowerPlan(plan, place, { fuse: true }).flatMap((part) => part.steps)
  const stores = (steps[0] as ElementwiseLoop).steps.map((step) => step.store)
  expect(steps).toHaveLength(1)
  expect(stores).toEqual([true, false, false, true])
  expect(lowerPlan(plan, place, { fuse: false })).toHaveLength(4)
})

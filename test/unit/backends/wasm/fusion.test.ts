import { expect, test } from 'vitest'
import type { Program } from '../../../../core/backends/backend'
import type { ElementwiseLoop } from '../../../../core/backends/wasm/elementwise'
import { lowerPlan } from '../../../../core/backends/wasm/lowering/lower-plan'
import { createWasmBackend } from '../../../../core/backends/wasm/wasm-backend'
import { binaryOps, unaryOps, type Region } from '../../../../core/graph/op'
import type { KernelCall, Plan } from '../../../../core/graph/plan'
import { anyPlan, ARENA } from '../random-plans'
import { evaluate, numbers, seed, singleCall } from './plans'

const ops = [...unaryOps, ...binaryOps, ...binaryOps, ...binaryOps, 'where', 'copy', 'stopGradient'] as const

const next = numbers(7)

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
    const plan = anyPlan(ops)
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

test('a choice by a number that it also chooses reads it once it is there', () => {
  const [x, y] = [
    { shape: [6], values: [1, 0, -2, 0, 3, 0] },
    { shape: [6], values: [10, 20, 30, 40, 50, 60] },
  ]
  const { inputs, ...plan } = singleCall('where', [[6], [6]], [6])
  const [first, second] = [inputs['0']!, inputs['1']!]
  const calls = plan.calls.map((call) => ({ ...call, inputs: [first, first, second] }))
  expect([...evaluate(createWasmBackend(), { ...plan, inputs, calls }, [x, y])]).toEqual([
    1, 20, -2, 40, 3, 60,
  ])
})

import { describe, expect, test } from 'vitest'
import type { Backend, RunSeed } from '../../../../core/backends/backend'
import { createReferenceBackend } from '../../../../core/backends/reference/reference-backend'
import { createWasmBackend } from '../../../../core/backends/wasm/wasm-backend'
import { gradients } from '../../../../core/graph/autodiff'
import { Graph, type Tensor } from '../../../../core/graph/graph'
import * as ops from '../../../../core/graph/ops'
import type { Plan } from '../../../../core/graph/plan'
import { planGraph } from '../../../../core/graph/planner'
import { noise, singleCall } from './plans'

const sizes = { inputs: 5, hidden: 7, classes: 3, batch: 9 }
const total = 5 * 7 + 7 + 7 * 3 + 3

/** A network with dropout, GELU and softmax cross-entropy, its gradient, and Adam over one flat vector. */
function trainingPlan(): Plan {
  const graph = new Graph()
  const { inputs, hidden, classes, batch } = sizes
  const x = ops.input(graph, 'x', [batch, inputs])
  const target = ops.input(graph, 'target', [batch, classes])
  const window = (offset: number, shape: readonly number[]): Tensor =>
    ops.state(graph, 'parameters', shape, offset)
  const parameters = [
    window(0, [inputs, hidden]),
    window(35, [1, hidden]),
    window(42, [hidden, classes]),
    window(63, [1, classes]),
  ] as const
  const [w1, b1, w2, b2] = parameters
  const a = ops.add(ops.matmul(x, w1), b1)
  const gelu = ops.multiply(ops.multiply(a, 0.5), ops.add(ops.erf(ops.multiply(a, Math.SQRT1_2)), 1))
  const kept = ops.multiply(gelu, ops.greater(ops.random(graph, [batch, hidden], 0), 0.3))
  const y = ops.add(ops.matmul(kept, w2), b2)
  const shifted = ops.subtract(y, ops.max(y, [1]))
  const logSum = ops.log(ops.sum(ops.exp(shifted), [1]))
  const loss = ops.mean(ops.sum(ops.multiply(target, ops.subtract(logSum, shifted)), [1]))
  const flat = gradients(loss, parameters).map((part) =>
    ops.reshape(part, [part.shape.reduce((p, q) => p * q)]),
  )
  const gradient = ops.concat(flat, 0)
  const [p, m, v] = ['parameters', 'm', 'v'].map((name) => ops.state(graph, name, [total])) as [
    Tensor,
    Tensor,
    Tensor,
  ]
  const m1 = ops.add(ops.multiply(m, 0.9), ops.multiply(gradient, 0.1))
  const v1 = ops.add(ops.multiply(v, 0.99), ops.multiply(ops.square(gradient), 0.01))
  const step = ops.multiply(ops.divide(m1, ops.add(ops.sqrt(v1), 1e-3)), 0.01)
  return planGraph({
    graph,
    outputs: { loss },
    updates: [
      { buffer: 'parameters', offset: 0, value: ops.subtract(p, step) },
      { buffer: 'm', offset: 0, value: m1 },
      { buffer: 'v', offset: 0, value: v1 },
    ],
  })
}

const batch = noise([sizes.batch, sizes.inputs]).values
const start = noise([total]).values
const target = Float32Array.from({ length: sizes.batch * sizes.classes }, (_, i) => Number((i * 7) % 3 === 0))

function train(backend: Backend): { loss: number; parameters: number[] } {
  const plan = trainingPlan()
  const store = backend.createStore(plan.states)
  store.write('parameters', Float32Array.from(start))
  const program = backend.load(plan, store)
  for (let step = 1; step <= 20; step++) {
    program.input('x').set(batch)
    program.input('target').set(target)
    const seed: RunSeed = { key: [7, 0xdeadbeef], step }
    program.run(seed)
  }
  return { loss: program.output('loss')[0]!, parameters: [...store.read('parameters')] }
}

describe('twenty steps of training', () => {
  const fused = train(createWasmBackend())

  test('are the reference’s to float32 precision', () => {
    const expected = train(createReferenceBackend())
    expect(Math.abs(fused.loss / expected.loss - 1)).toBeLessThan(1e-5)
    fused.parameters.forEach((x, i) => expect(Math.abs(x - expected.parameters[i]!)).toBeLessThan(2e-5))
  })

  test('have the same bits again, and op by op', () => {
    expect(train(createWasmBackend())).toEqual(fused)
    expect(train(createWasmBackend({ fuse: false }))).toEqual(fused)
  })
})

describe('a store', () => {
  test('is read and written by copy', () => {
    const store = createWasmBackend().createStore({ a: 3, b: 5 })
    const values = Float32Array.of(1, 2, 3)
    store.write('a', values)
    values.fill(9)
    const read = store.read('a')
    expect([...read]).toEqual([1, 2, 3])
    read.fill(0)
    expect([...store.read('a')]).toEqual([1, 2, 3])
    expect([...store.read('b')]).toEqual([0, 0, 0, 0, 0])
    expect(() => store.write('a', new Float32Array(4))).toThrow(RangeError)
    expect(() => store.read('c')).toThrow(RangeError)
  })

  test('that lacks a buffer of the plan, or has it too small, is refused', () => {
    const backend = createWasmBackend()
    const plan = { ...singleCall('exp', [[4]], [4]), states: { parameters: 10 } }
    expect(() => backend.load(plan, backend.createStore({}))).toThrow(RangeError)
    expect(() => backend.load(plan, backend.createStore({ parameters: 9 }))).toThrow(RangeError)
    expect(() => backend.load(plan, createWasmBackend().createStore({ parameters: 10 }))).toThrow(TypeError)
  })

  test('keeps its numbers when the memory grows', () => {
    const backend = createWasmBackend()
    const store = backend.createStore({ a: 4 })
    store.write('a', Float32Array.of(1, 2, 3, 4))
    const small = singleCall('exp', [[4]], [4])
    const program = backend.load(small, store)
    program.input('0').set([0, 0, 0, 0])
    backend.load(singleCall('copy', [[2_000_000]], [2_000_000]), store)
    program.run({ key: [0, 0], step: 0 })
    expect([...program.output('y')]).toEqual([1, 1, 1, 1])
    expect([...store.read('a')]).toEqual([1, 2, 3, 4])
  })
})

test('constants are there, one number filling its whole shape', () => {
  const region = (offset: number) => ({ buffer: 'arena', offset, shape: [5] })
  const plan: Plan = {
    ...singleCall('add', [[5], [5]], [5]),
    constants: [
      { region: region(0), values: [2] },
      { region: region(5), values: [1, 2, 3, 4, 5] },
    ],
  }
  const backend = createWasmBackend()
  const program = backend.load(plan, backend.createStore({}))
  program.run({ key: [0, 0], step: 0 })
  expect([...program.output('y')]).toEqual([3, 4, 5, 6, 7])
})

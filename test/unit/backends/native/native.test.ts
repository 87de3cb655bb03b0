import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Backend } from '../../../../core/backends/backend'
import { createNativeBackend } from '../../../../core/backends/native/native-backend'
import type { OnnxRuntime } from '../../../../core/backends/native/onnx-runtime'
import { createReferenceBackend } from '../../../../core/backends/reference/reference-backend'
import { createWasmBackend } from '../../../../core/backends/wasm/wasm-backend'
import { gradients } from '../../../../core/graph/autodiff'
import { Graph, type Tensor } from '../../../../core/graph/graph'
import { binaryOps, unaryOps } from '../../../../core/graph/op'
import * as o from '../../../../core/graph/ops'
import type { Plan } from '../../../../core/graph/plan'
import { planGraph } from '../../../../core/graph/planner'
import { onnxRuntime } from '../fast-backends'
import { anyPlan, ARENA } from '../random-plans'
import { evaluate, noise, numbers, seed, singleCall } from '../wasm/plans'

/** Counts the models that are loaded: a plan that silently ran on other kernels would prove nothing. */
function counting(runtime: OnnxRuntime) {
  const count = { loads: 0, runs: 0 }
  const counted: OnnxRuntime = {
    version: runtime.version,
    load(model, threads) {
      count.loads++
      const session = runtime.load(model, threads)
      return {
        bind(inputs, outputs) {
          const bound = session.bind(inputs, outputs)
          return {
            run() {
              count.runs++
              bound.run()
            },
          }
        },
      }
    },
  }
  return { runtime: counted, count }
}

/** Everything that is to be seen after two runs. */
function seenAfterRuns(backend: Backend, plan: Plan, values: Float32Array): number[] {
  const store = backend.createStore(plan.states)
  store.write('parameters', values)
  const program = backend.load(plan, store)
  for (let run = 0; run < 2; run++) {
    program.input('x').set(values)
    program.run(seed)
  }
  // Minus zero is zero: processors differ in which of the two is the larger.
  return [program.output('y'), program.output('z'), store.read('parameters')].flatMap((part) =>
    [...part].map((x) => x + 0),
  )
}

/** Ops that are exact, so that two float32 backends have to agree to the last bit. */
const exactOps = [
  ...['add', 'subtract', 'multiply', 'maximum', 'minimum', 'greater', 'equal'],
  ...['negate', 'abs', 'sign', 'where', 'copy', 'stopGradient'],
] as Parameters<typeof anyPlan>[0]

const graphOps = [
  (a: Tensor) => o.tanh(a),
  (a: Tensor, b: Tensor) => o.add(a, b),
  (a: Tensor, b: Tensor) => o.multiply(a, b),
  (a: Tensor, b: Tensor) => o.matmul(a, b),
  (a: Tensor, b: Tensor) => o.matmul(a, b, true, false),
  (a: Tensor, b: Tensor) => {
    const [left, right] = [a, b].map((x) => o.reshape(o.concat([x, x], 0), [2, 3, 3])) as [Tensor, Tensor]
    return o.reshape(o.slice(o.matmul(left, right, false, true), [1, 0, 0], [1, 3, 3]), [3, 3])
  },
  (a: Tensor) => o.transpose(a, [1, 0]),
  (a: Tensor) => o.add(a, o.sum(a, [0])),
  (a: Tensor) => o.subtract(a, o.max(a, [1])),
  (a: Tensor) => o.multiply(a, o.greater(a, 0)),
  (a: Tensor) => o.multiply(a, o.greater(o.random(a.graph, [3, 3], 5), 0.3)),
  (a: Tensor) => o.sigmoid(o.multiply(a, 0.5)),
  (a: Tensor, b: Tensor) => o.concat([o.slice(a, [0, 0], [1, 3]), o.slice(b, [1, 0], [2, 3])], 0),
  (a: Tensor, b: Tensor) => o.concat([o.slice(a, [0, 1], [3, 2]), o.slice(b, [0, 0], [3, 1])], 1),
]

function randomPlan(steps: readonly (readonly [number, number, number])[]): Plan {
  const graph = new Graph()
  const x = o.input(graph, 'x', [3, 3])
  const p = o.state(graph, 'parameters', [3, 3])
  const made = [x, p]
  for (const [op, a, b] of steps) made.push(graphOps[op]!(made[a % made.length]!, made[b % made.length]!))
  const loss = o.sum(o.tanh(o.add(made.at(-1)!, o.multiply(x, p))))
  const [dx, dp] = gradients(loss, [x, p]) as [Tensor, Tensor]
  const next = o.subtract(p, o.multiply(dp, 0.1))
  const updates = [{ buffer: 'parameters', offset: 0, value: next }]
  return planGraph({ graph, outputs: { loss, dx }, updates })
}

describe.skipIf(!onnxRuntime)('the native backend', () => {
  const native = (widest = false) => createNativeBackend(onnxRuntime!, { widest })

  it('gives what the kernels give, for any exact calls in any places', () => {
    const next = numbers(5)
    const { runtime, count } = counting(onnxRuntime!)
    for (let trial = 0; trial < 150; trial++) {
      const plan = anyPlan(exactOps)
      const values = Float32Array.from({ length: ARENA }, () => next() * 2 - 1)
      const backend = createNativeBackend(runtime, { widest: true })
      expect(seenAfterRuns(backend, plan, values), JSON.stringify(plan)).toEqual(
        seenAfterRuns(createWasmBackend(), plan, values),
      )
    }
    expect(count).toEqual({ loads: 150, runs: 300 })
  })

  it.each([false, true])(
    'computes random graphs, gradients and updates as the reference (widest: %s)',
    (widest) => {
      const step = fc.tuple(fc.nat(graphOps.length - 1), fc.nat(20), fc.nat(20))
      fc.assert(
        fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
          const plan = randomPlan(steps)
          const run = (backend: Backend): number[] => {
            const store = backend.createStore({ parameters: 9 })
            store.write('parameters', Float32Array.of(0.5, -0.25, 1, 0.75, -1, 0.125, 0.25, 0.5, -0.75))
            const program = backend.load(plan, store)
            program.input('x').set([0.3125, -0.25, 0.5, 0.125, 0.6875, -0.5625, 0.4375, -0.875, 0.1875])
            program.run(seed)
            return [...program.output('loss'), ...program.output('dx'), ...store.read('parameters')]
          }
          const wanted = run(createReferenceBackend())
          const scale = wanted.reduce((most, x) => Math.max(most, Math.abs(x)), 1)
          run(native(widest)).forEach((x, i) => expect(Math.abs(x - wanted[i]!)).toBeLessThan(1e-4 * scale))
        }),
        { numRuns: 60, seed: 3 },
      )
    },
  )

  it('computes products natively and an update with the kernels, in one memory', () => {
    const { runtime, count } = counting(onnxRuntime!)
    const graph = new Graph()
    const w = o.state(graph, 'parameters', [4, 2])
    const x = o.input(graph, 'x', [3, 4])
    const loss = o.sum(o.square(o.matmul(x, w)))
    const next = o.subtract(w, o.multiply(gradients(loss, [w])[0]!, 0.01))
    const updates = [{ buffer: 'parameters', offset: 0, value: next }]
    const plan = planGraph({ graph, outputs: { loss }, updates })
    const backend = createNativeBackend(runtime)
    const program = backend.load(plan, backend.createStore(plan.states))
    program.run(seed)
    expect(count).toEqual({ loads: 1, runs: 1 })
  })

  it.each([
    ['long arithmetic between products with the kernels', 64, (a: Tensor) => o.multiply(a, a), 2],
    ['short arithmetic natively', 8, (a: Tensor) => o.multiply(a, a), 1],
    ['arithmetic next to functions natively', 64, (a: Tensor) => o.multiply(o.tanh(a), a), 1],
  ] as const)('computes %s', (_name, size, between, loads) => {
    const { runtime, count } = counting(onnxRuntime!)
    const graph = new Graph()
    const x = o.input(graph, 'x', [size, size])
    const plan = planGraph({ graph, outputs: { y: o.matmul(between(o.matmul(x, x)), x) } })
    const values = noise([size, size]).values
    const run = (backend: Backend): number[] => {
      const program = backend.load(plan, backend.createStore({}))
      program.input('x').set(values)
      program.run(seed)
      return [...program.output('y')]
    }
    const wanted = run(createReferenceBackend())
    const scale = wanted.reduce((most, y) => Math.max(most, Math.abs(y)), 0)
    run(createNativeBackend(runtime)).forEach((y, i) =>
      expect(Math.abs(y - wanted[i]!)).toBeLessThan(1e-5 * scale),
    )
    expect(count).toEqual({ loads, runs: loads })
  })

  it('computes convolutions natively, the images of a batch by one model', () => {
    const { runtime, count } = counting(onnxRuntime!)
    const windows = { kernel: [3, 3], stride: [1, 1], dilation: [1, 1], before: [1, 1], count: [40, 40] }
    const inputs = [noise([6, 40, 40, 16]), noise([144, 8]), noise([1, 8])]
    const shapes = inputs.map(({ shape }) => shape)
    const plan = singleCall('convolve', shapes, [6 * 1600, 8], { ...windows, activation: 'relu' })
    const [came, wanted] = [createNativeBackend(runtime), createReferenceBackend()].map((backend) =>
      evaluate(backend, plan, inputs),
    )
    wanted!.forEach((value, i) => expect(came![i]).toBeCloseTo(value, 4))
    expect(count).toEqual({ loads: 1, runs: 6 })
  })

  it.each([...unaryOps, ...binaryOps, 'max'] as const)('%s makes NaN of NaN where the kernels do', (op) => {
    const sparse = (every: number, from: number) =>
      Array.from({ length: 40 }, (_, i) => (i % every === from ? NaN : i - 20.5))
    const inputs = [sparse(5, 0), sparse(8, 3)].map((values) => ({ shape: [4, 10], values }))
    const own = (binaryOps as readonly string[]).includes(op) ? inputs : inputs.slice(0, 1)
    const output = op === 'max' ? [4, 1] : [4, 10]
    const plan = singleCall(
      op,
      own.map(({ shape }) => shape),
      output,
      op === 'max' ? { axes: [1] } : {},
    )
    const nothings = (backend: Backend): boolean[] => [...evaluate(backend, plan, own)].map(Number.isNaN)
    const wanted = nothings(createWasmBackend())
    expect(nothings(native(true))).toEqual(wanted)
  })

  it('computes products of large operands in all four ways of storing them', () => {
    for (const transposeA of [false, true])
      for (const transposeB of [false, true]) {
        const shapes = [transposeA ? [260, 300] : [300, 260], transposeB ? [40, 260] : [260, 40]]
        const plan = singleCall('matmul', shapes, [300, 40], { transposeA, transposeB })
        const inputs = shapes.map(noise)
        const [came, wanted] = [native(), createReferenceBackend()].map((backend) =>
          evaluate(backend, plan, inputs),
        )
        wanted!.forEach((value, i) => expect(came![i]).toBeCloseTo(value, 4))
      }
  })

  it.each(['none', 'relu', 'tanh', 'sigmoid'])('a dense layer with %s keeps NaN', (activation) => {
    const plan = singleCall(
      'dense',
      [
        [3, 20],
        [20, 5],
        [1, 5],
      ],
      [3, 5],
      { activation },
    )
    const x = { shape: [3, 20], values: noise([3, 20]).values }
    const values = Array.from(x.values, (value, i) => (i === 27 ? NaN : value))
    const inputs = [{ ...x, values }, noise([20, 5]), noise([1, 5])]
    const [came, wanted] = [native(), createWasmBackend()].map((backend) => evaluate(backend, plan, inputs))
    wanted!.forEach((value, i) =>
      Number.isNaN(value) ? expect(came![i]).toBeNaN() : expect(came![i]).toBeCloseTo(value, 4),
    )
    expect([...came!].filter(Number.isNaN)).toHaveLength(5)
  })

  it('goes on when the memory has grown between two runs', () => {
    const backend = native()
    const inputs = [noise([5, 4]), noise([4, 3])]
    const plan = singleCall(
      'matmul',
      [
        [5, 4],
        [4, 3],
      ],
      [5, 3],
      { transposeA: false, transposeB: false },
    )
    const store = backend.createStore({})
    const program = backend.load(plan, store)
    inputs.forEach((value, i) => program.input(`${i}`).set(value.values))
    program.run(seed)
    const first = [...program.output('y')]
    backend.load(singleCall('copy', [[4_000_000]], [4_000_000]), store)
    program.output('y').fill(0)
    program.run(seed)
    expect([...program.output('y')]).toEqual(first)
    expect(first).not.toContain(0)
  })

  it('gives memory of dropped programs back', async () => {
    const plan = singleCall(
      'matmul',
      [
        [64, 64],
        [64, 64],
      ],
      [64, 64],
      { transposeA: false, transposeB: false },
    )
    const inputs = [noise([64, 64]), noise([64, 64])]
    const before = process.memoryUsage.rss()
    for (let i = 0; i < 300; i++) {
      evaluate(native(), plan, inputs)
      if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    }
    // Each backend has a memory of a megabyte at least, each session some hundred kilobytes.
    expect(process.memoryUsage.rss() - before).toBeLessThan(200e6)
  })

  it('refuses a store of another backend', () => {
    const plan = singleCall('exp', [[4]], [4])
    expect(() => native().load(plan, native().createStore({}))).toThrow(TypeError)
  })
})

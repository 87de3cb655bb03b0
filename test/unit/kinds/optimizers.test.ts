import { describe, expect, it } from 'vitest'
import type { Backend } from '../../../core/backends/backend'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import { gradients } from '../../../core/graph/autodiff'
import { Graph, type Tensor } from '../../../core/graph/graph'
import {
  add,
  constant,
  input,
  matmul,
  multiply,
  reshape,
  slice,
  square,
  state,
  subtract,
  sum,
} from '../../../core/graph/ops'
import { planGraph } from '../../../core/graph/planner'
import { optimizers, updateOptimizers } from '../../../core/optimizers/registry'
import goldens from '../../goldens/optimizers.json'
import further from '../../goldens/optimizers2.json'
import { fastBackends } from '../backends/fast-backends'
import { evaluate, expectNear } from './run'
import { updateOptimizer } from './update-optimizer'

const { A, b } = goldens.problems['least-squares']

const runs: {
  name: string
  optimizer: string
  config: object
  problem: string
  values: number[]
  parameters: number[][]
}[] = [...goldens.runs, ...further.runs]

const problems: Record<string, (x: Tensor) => Tensor> = {
  rosenbrock: (point) => {
    const [x, y] = [0, 1].map((i) => slice(point, [i], [1])) as [Tensor, Tensor]
    return add(square(subtract(1, x)), multiply(square(subtract(y, square(x))), 100))
  },
  'least-squares': (x) => {
    const matrix = constant(x.graph, A.flat(), [A.length, A[0]!.length])
    const side = constant(x.graph, b, [b.length, 1])
    const miss = subtract(matmul(matrix, reshape(x, [x.shape[0]!, 1])), side)
    return multiply(sum(square(miss), undefined, false), 1 / (2 * A.length))
  },
}

/** Runs an optimizer on a function of one flat vector, all in one plan a step, as training does. */
function descend(
  run: { optimizer: string; config: object; problem: string },
  start: number[],
  steps: number,
  backend: Backend = createReferenceBackend(),
) {
  const kind = updateOptimizer(run.optimizer)
  const { type: _type, ...config } = optimizers.parse({ type: run.optimizer, ...run.config })
  const rate = config.learningRate as number
  const graph = new Graph()
  const shape = [start.length]
  const x = state(graph, 'x', shape)
  const value = problems[run.problem]!(x)
  const slots = Object.fromEntries(kind.slots(config).map((name) => [name, state(graph, name, shape)]))
  const names = Object.keys(kind.scalars(config, 1, rate))
  const scalars = Object.fromEntries(names.map((name) => [name, input(graph, name, [1])]))
  const gradient = gradients(value, [x])[0]!
  const update = kind.update({ config, parameters: x, gradient, slots, scalars })
  expect(Object.keys(update.slots)).toEqual(kind.slots(config))
  const updates = Object.entries({ x: update.parameters, ...update.slots }).map(([buffer, value]) => ({
    buffer,
    offset: 0,
    value,
  }))
  const plan = planGraph({ graph, outputs: { value }, updates })
  const store = backend.createStore(plan.states)
  store.write('x', Float64Array.from(start))
  const program = backend.load(plan, store)
  const values: number[] = []
  const path: number[][] = []
  for (let step = 1; step <= steps; step++) {
    for (const [name, number] of Object.entries(kind.scalars(config, step, rate)))
      program.input(name).set([number])
    program.run({ key: [0, 0], step })
    values.push(program.output('value')[0]!)
    path.push([...store.read('x')])
  }
  return { values, path }
}

describe('optimizers', () => {
  it('that make updates from batches all have golden numbers', () => {
    expect(new Set(runs.map((run) => run.optimizer))).toEqual(
      new Set(updateOptimizers.map((kind) => kind.type)),
    )
  })

  it.each(runs)('$name takes PyTorch’s fifty steps on $problem', (run) => {
    const { start } = goldens.problems[run.problem as keyof typeof goldens.problems]
    const { values, path } = descend(run, start, run.values.length)
    expectNear(values, run.values, 1e-6)
    expectNear(path.flat(), run.parameters.flat(), 1e-6)
  })

  const calm = runs.filter(({ problem }) => problem === 'least-squares')
  describe.each(fastBackends)('on the fast backend %s', (_, createBackend) => {
    it.each(calm)('$name takes them too', (run) => {
      const { start } = goldens.problems['least-squares']
      const { values, path } = descend(run, start, run.values.length, createBackend())
      expectNear(values, run.values, 1e-4)
      expectNear(path.flat(), run.parameters.flat(), 1e-4, 1e-4)
    })
  })

  it.each(updateOptimizers)('$type stays where the gradient is 0', ({ type }) => {
    const config = 'weightDecay' in optimizers.create(type) ? { weightDecay: 0 } : {}
    const run = { optimizer: type, config, problem: 'rosenbrock' }
    expect(descend(run, [1, 1], 5).path).toEqual(Array(5).fill([1, 1]))
  })

  /** The papers' formulas as plain loops over one number; an epsilon this large shows its place. */
  const epsilon = 0.1
  const plain: Record<string, (gradients: readonly number[]) => number> = {
    rmsprop: (gradients) => {
      let [x, s] = [0, 0]
      for (const g of gradients) {
        s = 0.99 * s + 0.01 * g ** 2
        x -= (0.01 * g) / (Math.sqrt(s) + epsilon)
      }
      return x
    },
    adam: (gradients) => {
      let [x, m, v] = [0, 0, 0]
      gradients.forEach((g, i) => {
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g ** 2
        const [mHat, vHat] = [m / (1 - 0.9 ** (i + 1)), v / (1 - 0.999 ** (i + 1))]
        x -= (0.01 * mHat) / (Math.sqrt(vHat) + epsilon)
      })
      return x
    },
  }

  it.each(Object.keys(plain))('%s adds epsilon outside the root, after the correction', (type) => {
    const kind = updateOptimizer(type)
    const { type: _type, ...config } = optimizers.parse({ type, learningRate: 0.01, epsilon })
    const sequence = [0.5, -0.2, 0.05, 0.3, 0.3]
    const single = (value: number) => ({ shape: [1], values: [value] })
    let values: Record<string, number> = {
      x: 0,
      ...Object.fromEntries(kind.slots(config).map((slot) => [slot, 0])),
    }
    sequence.forEach((g, i) => {
      const scalars = kind.scalars(config, i + 1, 0.01)
      const numbers: Record<string, number> = { ...values, ...scalars, g }
      const feeds = Object.fromEntries(Object.entries(numbers).map(([name, x]) => [name, single(x)]))
      const came = evaluate(feeds, (_graph, inputs) => {
        const context = { config, parameters: inputs.x!, gradient: inputs.g!, slots: inputs, scalars: inputs }
        const { parameters, slots } = kind.update(context)
        return { x: parameters, ...slots }
      })
      values = Object.fromEntries(Object.entries(came).map(([name, [value]]) => [name, value!]))
    })
    expectNear([values.x!], [plain[type]!(sequence)], 1e-12)
  })

  it('sgd without momentum keeps no state', () => {
    const { type: _type, ...config } = optimizers.create('sgd')
    expect(updateOptimizer('sgd').slots(config)).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import type { Backend } from '../../../core/backends/backend'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import type { PreparedData } from '../../../core/data/prepared'
import { experimentSchema, type ExperimentInput } from '../../../core/experiment/schema'
import { PARAMETERS } from '../../../core/network/forward'
import { stateBuffers } from '../../../core/network/network-state'
import { AVERAGE, trainingPlan, updateBuffers } from '../../../core/network/plans'
import { resolveNetwork } from '../../../core/network/resolve'
import { optimizers } from '../../../core/optimizers/registry'
import { createRandom } from '../../../core/random/create-random'
import { rowWeights } from '../../../core/training/row-weights'
import { createStepper } from '../../../core/training/create-stepper'
import { updateSettings } from '../../../core/training/update-settings'
import { fastBackends } from '../backends/fast-backends'
import goldens from '../../goldens/updates2.json'
import { expectNear } from '../kinds/run'
import { updateOptimizer } from '../kinds/update-optimizer'

type Settings = Partial<Pick<ExperimentInput, 'regularization' | 'clip' | 'training'>>

const { inputs, classes, start, learningRate } = goldens
const rows = inputs.length
const target = { type: 'category', column: 'y', classes: ['a', 'b', 'c'], scale: { type: 'none' } } as const

const data: PreparedData = {
  preprocessing: { version: 2, features: [], width: 3, inputNames: ['p', 'q', 'r'], target },
  features: { rows, width: 3, values: Float64Array.from(inputs.flat()) as unknown as Float32Array },
  targets: {
    rows,
    width: 3,
    values: Float32Array.from(classes.flatMap((own) => [0, 1, 2].map((c) => Number(c === own)))),
  },
  splits: {
    train: Uint32Array.from(inputs, (_, row) => row),
    validation: new Uint32Array(),
    test: new Uint32Array(),
  },
  fileRows: Uint32Array.from(inputs, (_, row) => row + 1),
}

const network = resolveNetwork({
  layers: [{ type: 'dense', units: 5 }, { type: 'tanh' }, { type: 'output' }],
  inputs: 3,
  target,
})
const { type, ...config } = optimizers.parse({ type: 'sgd', momentum: 0.9, learningRate })
const optimizer = { kind: updateOptimizer(type), config }

/** Ten updates, each over all rows, in batches of `batchSize` that accumulate where there are several. */
function train(
  settings: Settings,
  batchSize = rows,
  backend: Backend = createReferenceBackend(),
  from = data,
) {
  const accumulate = Math.ceil(rows / batchSize)
  const training = { batchSize, ...(accumulate > 1 && { accumulate }), ...settings.training }
  const experiment = experimentSchema.parse({
    nabla: 1,
    data: { source: 'made.csv' },
    network: [{ type: 'output' }],
    ...settings,
    training,
  })
  const weights = rowWeights(experiment.training, from)
  const buffers = updateBuffers(network, optimizer, updateSettings(experiment, weights))
  const store = backend.createStore({ ...stateBuffers(network), ...buffers })
  store.write(PARAMETERS, Float64Array.from(start))
  const options = { network, optimizer, experiment, data: from, backend, store, ...(weights && { weights }) }
  const stepper = createStepper(options, createRandom(1))
  const [losses, parameters, averages]: [number[], number[][], number[][]] = [[], [], []]
  let step = 0
  for (let update = 1; update <= 10; update++) {
    let [total, weight] = [0, 0]
    for (let at = 0; at < rows; at += batchSize) {
      const count = Math.min(batchSize, rows - at)
      const made = stepper.step({ rows: from.splits.train, from: at, count, step: ++step, update, factor: 1 })
      expect(made.updated).toBe(at + count === rows)
      total += made.loss * made.weight
      weight += made.weight
    }
    losses.push(total / weight)
    parameters.push([...store.read(PARAMETERS)])
    if (AVERAGE in store.sizes) averages.push([...store.read(AVERAGE)])
  }
  return { losses, parameters, averages }
}

const cases = goldens.runs as unknown as {
  name: string
  settings: Settings
  losses: number[]
  parameters: number[][]
  averages?: number[][]
}[]

describe('an update', () => {
  it.each(cases)('with $name is PyTorch’s', (golden) => {
    const { losses, parameters, averages } = train(golden.settings)
    expectNear(losses, golden.losses, 1e-6)
    expectNear(parameters.flat(), golden.parameters.flat(), 1e-6, 1e-9)
    expectNear(averages.flat(), (golden.averages ?? []).flat(), 1e-6, 1e-9)
  })

  describe.each(fastBackends)('on the fast backend %s', (_, createBackend) => {
    it.each(cases)('with $name is the same', (golden) => {
      const { losses, parameters, averages } = train(golden.settings, rows, createBackend())
      expectNear(losses, golden.losses, 1e-4)
      expectNear(parameters.flat(), golden.parameters.flat(), 1e-4, 1e-5)
      expectNear(averages.flat(), (golden.averages ?? []).flat(), 1e-4, 1e-5)
    })
  })

  it.each(cases)('with $name is the same when batches of four, and of three, accumulate', (golden) => {
    for (const size of [4, 3]) {
      const { losses, parameters } = train(golden.settings, size)
      expectNear(losses, golden.losses, 1e-6)
      expectNear(parameters.flat(), golden.parameters.flat(), 1e-6, 1e-9)
    }
  })

  it('weighs rows by their own weight times their class’s', () => {
    const own = [1, 2, 0.5, 1, 1, 4, 1, 1, 0.25, 1]
    const weights = { rows, width: 1, values: Float32Array.from(own) }
    const [a, c] = [0.5, 3]
    const doubled = own.map((weight, row) => weight * [a, 1, c][classes[row]!]!)
    const told = { training: { classWeights: { a, c } } }
    const together = { ...data, weights: { ...weights, values: Float32Array.from(doubled) } }
    const came = train(told, rows, undefined, { ...data, weights })
    expect(came).toEqual(train({}, rows, undefined, together))
    expect(came.losses[0]).not.toBeCloseTo(train({}).losses[0]!, 6)
  })
})

describe('an update with nothing around the optimizer', () => {
  it('has the plan that it had before there was anything: no further input, call or buffer', () => {
    const plain = trainingPlan(network, optimizer, 8)
    const experiment = experimentSchema.parse({
      nabla: 1,
      data: { source: 'made.csv' },
      network: [{ type: 'output' }],
    })
    expect(trainingPlan(network, optimizer, 8, updateSettings(experiment, undefined))).toEqual(plain)
    expect(Object.keys(plain.inputs).sort()).toEqual(['features', 'optimizer.learningRate', 'targets'])
    expect(Object.keys(plain.states).sort()).toEqual(['optimizer.velocity', 'parameters'])
    const around = plain.calls.filter(({ scope }) => scope === 'optimizer')
    expect(around.map(({ op }) => op)).toEqual(['multiply', 'add', 'multiply', 'subtract'])
  })

  it('and penalties of 0 has no further call', () => {
    const off = { regularization: { l1: 0, l2: 0, maxNorm: null } }
    expect(trainingPlan(network, optimizer, 8, off)).toEqual(trainingPlan(network, optimizer, 8))
  })
})

import { describe, expect, it } from 'vitest'
import type { Backend } from '../../../core/backends/backend'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import type { PreparedData } from '../../../core/data/prepared'
import { experimentSchema, type ExperimentInput } from '../../../core/experiment/schema'
import { PARAMETERS } from '../../../core/network/forward'
import { stateBuffers } from '../../../core/network/network-state'
import { updateBuffers } from '../../../core/network/plans'
import { resolveNetwork } from '../../../core/network/resolve'
import { isFullBatch } from '../../../core/optimizers/optimizer'
import { optimizers } from '../../../core/optimizers/registry'
import { createRandom } from '../../../core/random/create-random'
import { createStepper } from '../../../core/training/create-stepper'
import { updateSettings } from '../../../core/training/update-settings'
import goldens from '../../goldens/full_batch.json'
import { fastBackends } from '../backends/fast-backends'
import { expectNear } from '../kinds/run'

interface Golden {
  readonly name: string
  readonly optimizer: { type: string }
  readonly settings: Partial<ExperimentInput>
  readonly weighted: boolean
  readonly losses: number[]
  readonly parameters: number[][]
}

const cases = goldens.runs as unknown as Golden[]
const { inputs, targets, start } = goldens
const rows = inputs.length
const target = { type: 'number', column: 'y', scale: { type: 'none' } } as const
const order = Uint32Array.from(inputs, (_, row) => row)

/** In float64, as the goldens are. */
const matrix = (values: number[][]) => ({
  rows,
  width: values[0]!.length,
  values: Float64Array.from(values.flat()) as unknown as Float32Array,
})

const data: PreparedData = {
  preprocessing: { version: 2, features: [], width: 2, inputNames: ['p', 'q'], target },
  features: matrix(inputs),
  targets: matrix(targets),
  splits: { train: order, validation: new Uint32Array(), test: new Uint32Array() },
  fileRows: order.map((row) => row + 1),
}

const network = resolveNetwork({
  layers: [{ type: 'dense', units: 4 }, { type: 'tanh' }, { type: 'output' }],
  inputs: 2,
  target,
})

function train(golden: Golden, backend: Backend, steps = golden.losses.length) {
  const experiment = experimentSchema.parse({
    nabla: 1,
    data: { source: 'made.csv' },
    network: [{ type: 'output' }],
    ...golden.settings,
  })
  const { type, ...config } = optimizers.parse(golden.optimizer)
  const optimizer = { kind: optimizers.get(type), config }
  const weights = golden.weighted ? Float32Array.from(goldens.weights) : undefined
  const buffers = updateBuffers(network, optimizer, updateSettings(experiment, weights))
  const store = backend.createStore({ ...stateBuffers(network), ...buffers })
  store.write(PARAMETERS, Float64Array.from(start))
  const options = { network, optimizer, experiment, data, backend, store, ...(weights && { weights }) }
  const stepper = createStepper(options, createRandom(1))
  const [losses, parameters]: [number[], number[][]] = [[], []]
  for (let step = 1; step <= steps; step++) {
    losses.push(stepper.step({ rows: order, from: 0, count: rows, step, factor: 1 }).loss)
    parameters.push([...store.read(PARAMETERS)])
  }
  return { losses, parameters }
}

describe('optimizers that look at all rows', () => {
  it('all have golden numbers', () => {
    const kinds = optimizers.list.filter(isFullBatch).map(({ type }) => type)
    expect(new Set(cases.map(({ optimizer }) => optimizer.type))).toEqual(new Set(kinds))
  })

  it.each(cases)('$name takes the golden’s fifty iterations', (golden) => {
    const { losses, parameters } = train(golden, createReferenceBackend())
    expectNear(losses, golden.losses, 1e-6)
    expectNear(parameters.flat(), golden.parameters.flat(), 1e-6)
  })

  // An error ε in a float32 gradient moves a step of Levenberg-Marquardt by up to ε / μ: steps agree where μ is large.
  const stiff = cases.filter(
    ({ optimizer }) => optimizer.type !== 'levenberg-marquardt' || 'damping' in optimizer,
  )
  describe.each(fastBackends)('on the fast backend %s', (_, createBackend) => {
    it.each(stiff)('$name takes the first ten', (golden) => {
      const { losses, parameters } = train(golden, createBackend(), 10)
      expectNear(losses, golden.losses.slice(0, 10), 1e-4)
      expectNear(parameters.flat(), golden.parameters.slice(0, 10).flat(), 1e-4, 1e-4)
    })

    it.each(cases)('$name comes as far', (golden) => {
      const { losses } = train(golden, createBackend())
      expect(losses.at(-1)).toBeLessThan(1.1 * golden.losses.at(-1)!)
    })
  })
})

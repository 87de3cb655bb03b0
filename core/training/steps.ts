import type { Backend } from '../backends/backend'
import type { PreparedData } from '../data/prepared'
import type { Experiment } from '../experiment/schema'
import { initialState, stateBuffers, writeState } from '../network/network-state'
import { updateBuffers } from '../network/plans'
import { resolveNetwork } from '../network/resolve'
import { optimizers } from '../optimizers/registry'
import { createRandom } from '../random/create-random'
import { createStepper } from './create-stepper'
import { Evaluator } from './evaluator'
import type { MetricValues } from './events'
import { rowOrder } from './row-order'
import { rowWeights } from './row-weights'
import { measure } from './scoring'
import { updateSettings } from './update-settings'

export interface TrainingToTime {
  readonly experiment: Experiment
  readonly data: PreparedData
  readonly backend: Backend
}

/** Training steps with nothing around them: no metrics, no events, no files. */
export interface Steps {
  readonly parameters: number
  readonly batchSize: number
  /** New weights, and an optimizer that remembers nothing. */
  begin(seed: number): void
  /** All training rows once, in an order of their own. Gives the number of steps. */
  epoch(): number
  /** The next so many steps of epochs, each in an order of its own. */
  advance(steps: number): void
  /** The next whole batch, round and round in the rows' own order; where nothing is left to learn, from new weights. */
  step(): void
  /** Loss and metrics over all training rows with the weights as they are. */
  score(): MetricValues
}

/** @throws LabError when the network does not fit the data. */
export function prepareSteps(options: TrainingToTime): Steps {
  const { experiment, data, backend } = options
  const { target, width } = data.preprocessing
  const { network: layers, loss } = experiment
  const network = resolveNetwork({ layers, loss, inputs: width, target })
  const { type, ...config } = optimizers.parse(experiment.optimizer, 'optimizer')
  const optimizer = { kind: optimizers.get(type), config }
  const weights = rowWeights(experiment.training, data)
  const settings = updateSettings(experiment, weights)
  const store = backend.createStore({
    ...stateBuffers(network),
    ...updateBuffers(network, optimizer, settings),
  })
  const random = createRandom(experiment.training.seed)
  const make = () => createStepper({ ...options, network, optimizer, store, weights }, random.split('steps'))
  let stepper = make()
  const evaluator = new Evaluator(network, data, backend, store, weights)
  const rows = data.splits.train
  const { batchSize } = stepper
  let seed = experiment.training.seed
  const stepsPerEpoch = Math.ceil(rows.length / batchSize)
  let order = rowOrder(experiment.training, data, random)
  let ordered = rows
  let at = rows.length
  let epochs = 0
  let done = 0
  let next = 0

  const batch = (of: Uint32Array, from: number): number => {
    const count = Math.min(batchSize, of.length - from)
    done++
    stepper.step({ rows: of, from, count, step: done, update: done, factor: 1 })
    return count
  }
  const steps: Steps = {
    parameters: network.layout.size,
    batchSize,
    begin: (newSeed) => {
      seed = newSeed
      // A method of the whole split remembers by itself; of all others the store has everything.
      if (stepper.wholeSplit) stepper = make()
      for (const [name, size] of Object.entries(store.sizes)) store.write(name, new Float32Array(size))
      const own = createRandom(seed)
      writeState(store, initialState(network, own.split('parameters')))
      order = rowOrder(experiment.training, data, own)
      at = rows.length
      epochs = done = next = 0
    },
    epoch: () => {
      steps.advance(stepsPerEpoch)
      return stepsPerEpoch
    },
    advance: (count) => {
      for (let i = 0; i < count; i++) {
        if (at >= rows.length) {
          ordered = order(epochs++)
          at = 0
        }
        at += batch(ordered, at)
      }
    },
    step: () => {
      if (stepper.converged) steps.begin(seed + 1)
      if (next + batchSize > rows.length) next = 0
      next += batch(rows, next)
    },
    score: () => measure(evaluator.run(rows), rows, data),
  }
  steps.begin(seed)
  return steps
}

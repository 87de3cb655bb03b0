import type { Backend } from '../backends/backend'
import type { PreparedData } from '../data/prepared'
import { LabError } from '../errors/lab-error'
import type { Experiment } from '../experiment/schema'
import { initialState, stateBuffers, writeState } from '../network/network-state'
import { updateBuffers } from '../network/plans'
import { isFullBatch, type FullBatchOptimizer } from '../optimizers/optimizer'
import { createRandom } from '../random/create-random'
import { inForce } from './in-force'
import { rowOrder } from './row-order'
import { rowWeights } from './row-weights'
import type { Batch } from './batch'
import { createStepper } from './create-stepper'
import { updateSettings } from './update-settings'

export interface SweepOptions {
  readonly experiment: Experiment
  readonly data: PreparedData
  readonly backend: Backend
}

/** What one update showed. */
export interface SweepLoss {
  readonly rate: number
  /** Mean loss of the update's batches, before it. */
  readonly loss: number
}

/**
 * One update of the experiment's own network, optimizer and batches for each rate; the schedule takes no part. In a store
 * of its own: no run's weights are touched. Begins with the weights and the order of rows that a run would.
 * @throws LabError the pages of `createTrainer`
 */
export function* sweepRates(options: SweepOptions, rates: readonly number[]): Generator<SweepLoss> {
  const { experiment, data, backend } = options
  const { network, optimizer } = inForce({ ...experiment, schedule: { type: 'constant' } }, data)
  if (isFullBatch(optimizer.kind)) refuse(optimizer.kind)
  const weights = rowWeights(experiment.training, data)
  const buffers = updateBuffers(network, optimizer, updateSettings(experiment, weights))
  const store = backend.createStore({ ...stateBuffers(network), ...buffers })
  const random = createRandom(experiment.training.seed)
  writeState(store, initialState(network, random.split('parameters')))
  const stepper = createStepper(
    { network, optimizer, store, ...options, ...(weights && { weights }) },
    random.split('steps'),
  )
  const own = ownRate(optimizer.kind.type, optimizer.config)
  const batches = batchesOf(options, stepper.batchSize)
  for (let step = 1, update = 1, total = 0, weight = 0; update <= rates.length; step++) {
    const rate = rates[update - 1]!
    const made = stepper.step({ ...batches.next().value, step, update, factor: rate / own })
    total += made.loss * made.weight
    weight += made.weight
    if (!made.updated) continue
    yield { rate, loss: total / weight }
    update++
    total = weight = 0
  }
}

/** The optimizer's own rate, of which each rate of the sweep is a multiple. */
function ownRate(optimizer: string, { learningRate }: Readonly<Record<string, unknown>>): number {
  if (typeof learningRate === 'number' && learningRate > 0) return learningRate
  throw new LabError({
    code: 'no-learning-rate',
    expected: 'an optimizer whose steps are scaled by a learning rate above 0',
    came: `${optimizer} with ${learningRate === undefined ? 'no such setting' : `the rate ${JSON.stringify(learningRate)}`}`,
    advice: 'Choose another optimizer, or give it a learning rate to begin with.',
    place: { path: 'optimizer.learningRate' },
  })
}

function refuse({ type, label }: FullBatchOptimizer): never {
  throw new LabError({
    code: 'rate-finder-optimizer',
    expected: 'an optimizer whose learning rate is to be found',
    came: `${type}, which searches for the length of each step by itself`,
    advice: `Leave the learning rate of ${label} at 1.`,
    place: { path: 'optimizer.type' },
  })
}

/** Batches of epoch after epoch without end, in the trainer's own order. */
function* batchesOf({ experiment, data }: SweepOptions, size: number): Generator<Batch, never> {
  const order = rowOrder(experiment.training, data, createRandom(experiment.training.seed))
  for (let epoch = 0; ; epoch++) {
    const rows = order(epoch)
    for (let from = 0; from < rows.length; from += size)
      yield { rows, from, count: Math.min(size, rows.length - from) }
  }
}

import type { Backend } from '../backends/backend'
import type { PreparedData } from '../data/prepared'
import { LabError } from '../errors/lab-error'
import type { NamedArray, TrainedModel } from '../exports/export'
import { sameShape } from '../graph/shape'
import { stateArrays, stateBuffers, writeState, type NetworkState } from '../network/network-state'
import { resolveNetwork, type ResolvedNetwork } from '../network/resolve'
import { Evaluator } from './evaluator'

/**
 * A trained model made ready to run over `data`, which was encoded with the model's own preprocessing. Where rows count
 * unlike in the loss, `weights` says how much, [rows].
 * @throws LabError `weights-mismatch` when the arrays are not those of the experiment's network
 */
export function createInference(
  model: TrainedModel,
  data: PreparedData,
  backend: Backend,
  weights?: Float32Array,
): Evaluator {
  const { experiment, preprocessing, parameters } = model
  const network = resolveNetwork({
    layers: experiment.network,
    loss: experiment.loss,
    inputs: preprocessing.width,
    target: preprocessing.target,
  })
  const store = backend.createStore(stateBuffers(network))
  writeState(store, stateOf(network, parameters))
  return new Evaluator(network, data, backend, store, weights)
}

/** Named arrays put in layout order. */
function stateOf(network: ResolvedNetwork, arrays: readonly NamedArray[]): NetworkState {
  const { layout, statistics } = network
  const values = new Float32Array(layout.size + statistics.size)
  for (const { name, shape, offset } of stateArrays(network)) {
    const found = arrays.find((array) => array.name === name)
    if (!found || !sameShape(found.shape, shape)) throw mismatch(name, shape, found)
    values.set(found.values, offset)
  }
  return { parameters: values.slice(0, layout.size), statistics: values.slice(layout.size) }
}

const mismatch = (name: string, shape: readonly number[], found: NamedArray | undefined): LabError =>
  new LabError({
    code: 'weights-mismatch',
    expected: `an array "${name}" of shape [${shape.join(', ')}]`,
    came: found ? `one of shape [${found.shape.join(', ')}]` : 'none of this name',
    advice: 'Weights and experiment are not of one run: take both from the same run folder.',
  })

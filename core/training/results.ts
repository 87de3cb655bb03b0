import type { StateStore } from '../backends/backend'
import { unscale } from '../data/preparing/target-scale'
import type { SplitName } from '../data/prepared'
import { outputUnits } from '../data/target-parts'
import type { Experiment } from '../experiment/schema'
import type { TrainedModel } from '../exports/export'
import { flatState, readState, stateArrays, type NetworkState } from '../network/network-state'
import type { ResolvedNetwork } from '../network/resolve'
import type { Evaluator } from './evaluator'
import type { EndEvent, MetricValues } from './events'
import { fingerprint } from './fingerprint'
import { measure, truthOf } from './scoring'
import type { SplitPredictions, TrainerOptions } from './trainer-api'

/** Metrics of every split, and the fingerprint, of the weights that are in place. */
export function resultOf(
  { data }: Pick<TrainerOptions, 'data'>,
  store: StateStore,
  evaluator: Evaluator,
): Pick<EndEvent, 'metrics' | 'fingerprint'> {
  const score = (split: SplitName): MetricValues | null => {
    const rows = data.splits[split]
    return rows.length ? measure(evaluator.run(rows), rows, data) : null
  }
  return {
    metrics: { train: score('train'), validation: score('validation'), test: score('test') },
    fingerprint: fingerprint(flatState(readState(store))),
  }
}

/** The network with these weights, by their names. */
export function modelOf(
  { data, experiment }: Pick<TrainerOptions, 'data'> & { readonly experiment: Experiment },
  network: ResolvedNetwork,
  state: NetworkState,
): TrainedModel {
  const values = flatState(state)
  const parameters = stateArrays(network).map(({ name, shape, offset, size }) => ({
    name,
    shape,
    values: values.slice(offset, offset + size),
  }))
  return { experiment, preprocessing: data.preprocessing, parameters, fingerprint: fingerprint(values) }
}

/** What the weights in place predict for a split; null for an empty one. */
export function predictionsOf(
  { data }: Pick<TrainerOptions, 'data'>,
  evaluator: Evaluator,
  split: SplitName,
): SplitPredictions | null {
  const rows = data.splits[split]
  if (!rows.length) return null
  const { target } = data.preprocessing
  const { loss, predictions } = evaluator.run(rows)
  return {
    units: outputUnits(target),
    loss: Number.isFinite(loss) ? loss : null,
    predictions: unscale(predictions, target),
    truth: truthOf(data, rows),
    fileRows: rows.map((row) => data.fileRows[row]!),
  }
}

import type { Numbers, StateStore } from '../backends/backend'
import type { Random } from '../random/random'
import { PARAMETERS, STATISTICS } from './forward'
import { initialParameters, initialStatistics } from './parameters'
import type { ResolvedNetwork } from './resolve'

/** All numbers that make a network what it is: its weights, and the statistics of layers that keep some. */
export interface NetworkState {
  readonly parameters: Numbers
  /** Left out where no layer keeps any. */
  readonly statistics?: Numbers
}

/** Names and sizes of the buffers that hold a network's state. */
export function stateBuffers({ layout, statistics }: ResolvedNetwork): Record<string, number> {
  return { [PARAMETERS]: layout.size, ...(statistics.size > 0 && { [STATISTICS]: statistics.size }) }
}

/** What a network is before training. */
export function initialState({ layout, statistics }: ResolvedNetwork, random: Random): NetworkState {
  const parameters = initialParameters(layout, random)
  return { parameters, ...(statistics.size > 0 && { statistics: initialStatistics(statistics) }) }
}

/** A copy of a store's network. @param into takes it; not to be used by anything else */
export function readState(store: StateStore, into?: NetworkState): NetworkState {
  const parameters = store.read(PARAMETERS, into?.parameters)
  if (!(STATISTICS in store.sizes)) return { parameters }
  return { parameters, statistics: store.read(STATISTICS, into?.statistics) }
}

export function writeState(store: StateStore, { parameters, statistics }: NetworkState): void {
  store.write(PARAMETERS, parameters)
  if (statistics?.length) store.write(STATISTICS, statistics)
}

/** The whole state as float32, weights first: what fingerprints are made from. */
export function flatState({ parameters, statistics = new Float32Array() }: NetworkState): Float32Array {
  const values = new Float32Array(parameters.length + statistics.length)
  values.set(parameters)
  values.set(statistics, parameters.length)
  return values
}

/** Where each named array lies in `flatState`. */
export const stateArrays = ({ layout, statistics }: ResolvedNetwork) => [
  ...layout.parameters,
  ...statistics.statistics.map((array) => ({ ...array, offset: layout.size + array.offset })),
]

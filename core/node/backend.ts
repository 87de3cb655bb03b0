import type { Backend } from '../backends/backend'
import { createReferenceBackend } from '../backends/reference/reference-backend'
import { createWasmBackend } from '../backends/wasm/wasm-backend'
import { fastestBackend, type BackendChoice, type TrialOptions } from '../training/fastest-backend'
import { createNative } from './native/create-native'
import { startHelper } from './threads/start-helper'

/**
 * What trains, in the app and on the command line alike; the bits do not depend on the number of threads.
 * @param leastWork nanoseconds of work that a thread is asked for at least; 0 for tests, which share out small steps too
 */
export const createTrainingBackend = (threads = 1, leastWork?: number): Backend =>
  createWasmBackend(threads > 1 ? { threads: { count: threads, start: startHelper, leastWork } } : {})

/** All that can be timed, by name. */
export const backends: Readonly<Record<string, (threads?: number) => Backend>> = {
  wasm: createTrainingBackend,
  native: createNative,
  reference: createReferenceBackend,
}

/** The backend that a training gets. With `auto`, the one that takes its steps more quickly on this computer. */
export function chooseBackend(wish: string, threads: number, trial: TrialOptions): BackendChoice {
  const choice = (name: string): BackendChoice => ({ name, create: () => backends[name]!(threads) })
  return wish === 'auto' ? fastestBackend([choice('wasm'), choice('native')], trial) : choice(wish)
}

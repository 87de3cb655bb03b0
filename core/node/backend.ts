import type { Backend } from '../backends/backend'
import { createReferenceBackend } from '../backends/reference/reference-backend'
import { createWasmBackend } from '../backends/wasm/wasm-backend'
import { createNative } from './native/create-native'
import { startHelper } from './threads/start-helper'

/** What trains, in the app and on the command line alike; the bits do not depend on the number of threads. */
export const createTrainingBackend = (threads = 1): Backend =>
  createWasmBackend(threads > 1 ? { threads: { count: threads, start: startHelper } } : {})

/** All that can be timed, by name. */
export const backends: Readonly<Record<string, (threads?: number) => Backend>> = {
  wasm: createTrainingBackend,
  native: createNative,
  reference: createReferenceBackend,
}

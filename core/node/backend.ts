import type { Backend } from '../backends/backend'
import { createWasmBackend } from '../backends/wasm/wasm-backend'

/** What trains, in the app and on the command line alike. */
export const createTrainingBackend = (): Backend => createWasmBackend()

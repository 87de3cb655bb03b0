import { afterEach } from 'vitest'
import type { Backend } from '../../../core/backends/backend'
import { createNativeBackend } from '../../../core/backends/native/native-backend'
import type { OnnxRuntime } from '../../../core/backends/native/onnx-runtime'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import type { ThreadOptions } from '../../../core/backends/wasm/threads/team'
import { createWasmBackend } from '../../../core/backends/wasm/wasm-backend'
import { openOnnxRuntime } from '../../../core/node/native/open-onnx-runtime'
import { startHelper } from '../../../core/node/threads/start-helper'

/** ONNX Runtime; nothing, with a visible note, where its optional package is not installed. */
export const onnxRuntime = ((): OnnxRuntime | undefined => {
  try {
    return openOnnxRuntime()
  } catch (problem) {
    process.stderr.write(`The native backend is not tested here: ${String(problem)}\n`)
    return undefined
  }
})()

/** A backend's name and how it is made, as `describe.each` takes them. */
export type NamedBackend = [name: string, create: () => Backend]

type Create = (options: { threads?: ThreadOptions }) => Backend

const native: Record<string, Create> = onnxRuntime
  ? {
      native: (options) => createNativeBackend(onnxRuntime, options),
      'native, all that ONNX has': (options) =>
        createNativeBackend(onnxRuntime, { ...options, widest: true }),
    }
  : {}

/** With two threads, every step that can be shared out is, however small. */
const threadings: Record<string, { threads?: ThreadOptions }> = {
  '1 thread': {},
  '2 threads': { threads: { count: 2, start: startHelper, leastWork: 0 } },
}

const made: Backend[] = []

/** Helpers go back to their pool after each test, or every test would start threads of its own. */
afterEach(() => made.splice(0).forEach((backend) => backend.close?.()))

const rowsOf = (creators: Record<string, Create>): NamedBackend[] =>
  Object.entries(creators).flatMap(([name, create]) =>
    Object.entries(threadings).map(([threading, options]): NamedBackend => [
      `${name}, ${threading}`,
      () => {
        const backend = create(options)
        made.push(backend)
        return backend
      },
    ]),
  )

/** The wasm backend with one thread, then with two: all of them have to agree to the last bit. */
export const wasmBackends = rowsOf({ wasm: createWasmBackend })

/** The float32 backends, each with one thread and with two. */
export const fastBackends = [...wasmBackends, ...rowsOf(native)]

/** Those and the float64 reference, which knows no threads. */
export const everyBackend: NamedBackend[] = [['reference', createReferenceBackend], ...fastBackends]

import type { Backend } from '../../../core/backends/backend'
import { createNativeBackend } from '../../../core/backends/native/native-backend'
import type { OnnxRuntime } from '../../../core/backends/native/onnx-runtime'
import { createWasmBackend } from '../../../core/backends/wasm/wasm-backend'
import { openOnnxRuntime } from '../../../core/node/native/open-onnx-runtime'

/** ONNX Runtime; nothing, with a visible note, where its optional package is not installed. */
export const onnxRuntime = ((): OnnxRuntime | undefined => {
  try {
    return openOnnxRuntime()
  } catch (problem) {
    process.stderr.write(`The native backend is not tested here: ${String(problem)}\n`)
    return undefined
  }
})()

const native: [string, () => Backend][] = onnxRuntime
  ? [
      ['native', () => createNativeBackend(onnxRuntime)],
      ['native, all that ONNX has', () => createNativeBackend(onnxRuntime, { widest: true })],
    ]
  : []

/** The float32 backends. */
export const fastBackends: [string, () => Backend][] = [['wasm', createWasmBackend], ...native]

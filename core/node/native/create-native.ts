import type { Backend } from '../../backends/backend'
import { createNativeBackend } from '../../backends/native/native-backend'
import type { OnnxRuntime } from '../../backends/native/onnx-runtime'
import { LabError } from '../../errors/lab-error'
import { startHelper } from '../threads/start-helper'
import { openOnnxRuntime } from './open-onnx-runtime'

/** @throws LabError `backend-missing` when ONNX Runtime is not installed, or not for this system. */
export function createNative(threads = 1): Backend {
  return createNativeBackend(
    installedRuntime(),
    threads > 1 ? { threads: { count: threads, start: startHelper } } : {},
  )
}

/** Whether it is installed for this system. */
export function hasNative(): boolean {
  try {
    openOnnxRuntime()
    return true
  } catch {
    return false
  }
}

function installedRuntime(): OnnxRuntime {
  try {
    return openOnnxRuntime()
  } catch (error) {
    throw new LabError({
      code: 'backend-missing',
      expected: 'ONNX Runtime, from the optional packages onnxruntime-node and koffi',
      came: error instanceof Error ? error.message : String(error),
      advice: 'Train with wasm, which is always there, or install the optional packages.',
    })
  }
}

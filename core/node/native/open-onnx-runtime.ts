import type { OnnxRuntime } from '../../backends/native/onnx-runtime'
import { findOnnxLibrary } from './find-library'
import { NativeSession } from './onnx-session'
import { openOrtApi, type Address, type OrtApi } from './ort-api'

const ERRORS = 3
const ALL_OPTIMIZATIONS = 99
const ARENA = 1
const DEFAULT_MEMORY = 0

let opened: OnnxRuntime | undefined

/**
 * ONNX Runtime from the optional package `onnxruntime-node`, called through its C interface: the package's own
 * JavaScript copies every output, and takes microseconds for each tensor.
 * @throws Error that says why where it is not installed, or not for this system.
 */
export function openOnnxRuntime(): OnnxRuntime {
  return (opened ??= createRuntime(openOrtApi(libraryPath())))
}

function libraryPath(): string {
  const path = findOnnxLibrary()
  if (path !== undefined) return path
  throw new Error(
    `the package onnxruntime-node is not installed, or not for ${process.platform} ${process.arch}`,
  )
}

function createRuntime(api: OrtApi): OnnxRuntime {
  const environment = api.make('CreateEnv', ERRORS, 'nabla')
  const memoryInfo = api.make('CreateCpuMemoryInfo', ARENA, DEFAULT_MEMORY)
  const dropped = new FinalizationRegistry<() => void>((release) => release())
  return {
    version: api.version,
    load(model, threads) {
      const options = sessionOptions(api, threads)
      const session = api.make('CreateSessionFromArray', environment, model, model.byteLength, options)
      api.call('ReleaseSessionOptions', options)
      return new NativeSession(api, memoryInfo, session, dropped)
    },
  }
}

function sessionOptions(api: OrtApi, threads: number): Address {
  const options = api.make('CreateSessionOptions')
  api.call('SetIntraOpNumThreads', options, threads)
  api.call('SetSessionGraphOptimizationLevel', options, ALL_OPTIMIZATIONS)
  // Threads that wait by running round and round would keep the window from its turn.
  api.call('AddSessionConfigEntry', options, 'session.intra_op.allow_spinning', '0')
  return options
}

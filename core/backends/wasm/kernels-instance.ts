import { decodeBase64 } from './base64'
import { kernels } from './generated/kernels'
import { MOST_PAGES } from './linear-memory'
import { withSharedMemory } from './shared-import'
import { webAssembly, type WasmModule } from './web-assembly'

let compiled: WasmModule | undefined
let compiledShared: WasmModule | undefined

/** The compiled kernels, for memory of one thread or of several; they are compiled once a thread. */
export function kernelsModule(shared: boolean): WasmModule {
  if (!shared) return (compiled ??= new webAssembly.Module(decodeBase64(kernels)))
  return (compiledShared ??= new webAssembly.Module(withSharedMemory(decodeBase64(kernels), MOST_PAGES)))
}

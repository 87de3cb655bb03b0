import { decodeBase64 } from './base64'
import { kernels } from './generated/kernels'
import { webAssembly, type WasmInstance, type WasmMemory, type WasmModule } from './web-assembly'

let compiled: WasmModule | undefined

/** The compiled kernels working on `memory`; they are compiled once a thread. */
export function instantiateKernels(memory: WasmMemory): WasmInstance {
  compiled ??= new webAssembly.Module(decodeBase64(kernels))
  return new webAssembly.Instance(compiled, { env: { memory } })
}

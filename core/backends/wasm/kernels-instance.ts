import { decodeBase64 } from './base64'
import { kernels } from './generated/kernels'
import { MOST_PAGES } from './linear-memory'
import { ModuleReader, type StraightLine } from './inline-function'
import { withSharedMemory } from './shared-import'
import { webAssembly, type WasmModule } from './web-assembly'

let compiled: WasmModule | undefined
let compiledShared: WasmModule | undefined

/** The compiled kernels, for memory of one thread or of several; they are compiled once a thread. */
export function kernelsModule(shared: boolean): WasmModule {
  if (!shared) return (compiled ??= new webAssembly.Module(decodeBase64(kernels)))
  return (compiledShared ??= new webAssembly.Module(withSharedMemory(decodeBase64(kernels), MOST_PAGES)))
}

let reader: ModuleReader | undefined
const functions = new Map<string, StraightLine | undefined>()

/** An exported kernel as code to be put into a loop, so that nothing is called for every four numbers. */
export function kernelCode(name: string): StraightLine | undefined {
  reader ??= new ModuleReader(decodeBase64(kernels))
  if (!functions.has(name)) functions.set(name, reader.straightLine(name))
  return functions.get(name)
}

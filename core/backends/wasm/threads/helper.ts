import type { takeParts, words } from './control'
import type { WasmFunction, WasmInstance, WasmMemory, WasmModule } from '../web-assembly'

/** What a helper needs; all of it can be sent to another thread. */
export interface HelperSetup {
  readonly control: Int32Array
  readonly memory: WasmMemory
  readonly kernels: WasmModule
  readonly words: typeof words
}

/**
 * The whole life of a helper for one backend: waits for parts and does them, until it is told to end. It is sent to
 * helper threads as text, so it may use nothing from outside but what every runtime has: `take` is `takeParts`.
 */
export function help(setup: HelperSetup, take: typeof takeParts): void {
  // Measured: looking so often (about 50 µs) costs less than being woken up between two steps of one program.
  const PATIENCE = 2000
  const { control, memory, words: at } = setup
  const api = (globalThis as unknown as { WebAssembly: { Module: unknown; Instance: unknown } }).WebAssembly
  const Module = api.Module as new (bytes: Uint8Array) => WasmModule
  const Instance = api.Instance as new (module: WasmModule, imports: object) => WasmInstance
  const kernels = new Instance(setup.kernels, { env: { memory } }).exports
  const programs = new Map<number, WasmFunction[]>()

  const programAt = (address: number): WasmFunction[] => {
    const known = programs.get(address)
    if (known) return known
    const bytes = new Uint8Array(memory.buffer, address, Atomics.load(control, at.bytes)).slice()
    const { exports } = new Instance(new Module(bytes), { env: { memory }, kernels })
    const parts = Object.keys(exports).map((_, part) => exports[`part${part}`]!)
    programs.set(address, parts)
    return parts
  }

  const run = (part: number): void => {
    try {
      programAt(Atomics.load(control, at.address))[part]!()
    } catch {
      Atomics.store(control, at.failed, 1)
    }
  }

  for (;;) {
    let left = Atomics.load(control, at.left)
    for (let i = 0; left === 0 && i < PATIENCE; i++) left = Atomics.load(control, at.left)
    if (left === 0) Atomics.wait(control, at.left, 0)
    if (left < 0) return
    if (take(control, run, at)) Atomics.notify(control, at.pending)
  }
}

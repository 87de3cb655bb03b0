// The little of WebAssembly that the backend uses. Every runtime that we run on has it, but each room's type library
// declares it differently or not at all, so it is typed here once and taken from the global object.

export interface WasmMemory {
  readonly buffer: ArrayBuffer
  /** Adds pages of 64 KB; views of the old buffer go empty. @throws RangeError when there is no more. */
  grow(pages: number): number
}

export interface WasmModule {
  readonly wasmModule?: never
}

export type WasmFunction = (...numbers: number[]) => number

export interface WasmInstance {
  readonly exports: Readonly<Record<string, WasmFunction>>
}

interface WebAssemblyApi {
  readonly Memory: new (limits: { initial: number; maximum?: number; shared?: boolean }) => WasmMemory
  readonly Module: new (bytes: Uint8Array) => WasmModule
  readonly Instance: new (
    module: WasmModule,
    imports: Record<string, Readonly<Record<string, unknown>>>,
  ) => WasmInstance
}

export const webAssembly = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly

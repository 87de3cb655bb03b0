import type { Region } from '../../graph/op'
import type { Plan } from '../../graph/plan'
import { sizeOf } from '../../graph/shape'
import type { Backend, Program, StateStore } from '../backend'
import { isReadLater, type MemoryUse, type Span } from '../wasm/memory-use'
import type { ThreadOptions } from '../wasm/threads/team'
import { WasmBackend, type CompiledCalls, type PlacedPlan } from '../wasm/wasm-backend'
import { WasmProgram, windowsOf, type CompiledPart } from '../wasm/wasm-program'
import type { WasmFunction } from '../wasm/web-assembly'
import { lowerSegment, type LoweredSegment } from './lower-segment'
import { NativeSegment } from './native-segment'
import { encodeModel } from './onnx-model'
import type { OnnxRuntime, OnnxSession } from './onnx-runtime'
import { segmentsOf, widestSegments } from './segments'
import { smallConstants } from './small-constants'
import { spreadConvolutions, windowsAtATime } from './spread-convolutions'

export interface NativeOptions {
  /** Share large steps out among threads. Left out, the thread that runs a program does all of it. */
  readonly threads?: ThreadOptions
  /** Whether all that ONNX has runs natively, even where the kernels are quicker: for tests. Default false. */
  readonly widest?: boolean
}

/**
 * The backend for speed on this computer: ONNX Runtime, with vectors as wide as the processor has, computes products
 * and what surrounds them; the WebAssembly kernels do the rest, in the same memory, so that nothing is copied between
 * the two. Float32; its last bits differ from computer to computer.
 */
export function createNativeBackend(runtime: OnnxRuntime, options: NativeOptions = {}): Backend {
  return new NativeBackend(runtime, options)
}

class NativeBackend implements Backend {
  readonly name = 'native'
  readonly precision = 'float32'
  private readonly wasm: WasmBackend
  private readonly threads: number

  constructor(
    private readonly runtime: OnnxRuntime,
    private readonly options: NativeOptions,
  ) {
    this.threads = options.threads?.count ?? 1
    this.wasm = new WasmBackend({ threads: options.threads })
  }

  createStore(sizes: Readonly<Record<string, number>>): StateStore {
    return this.wasm.createStore(sizes)
  }

  load(whole: Plan, store: StateStore): Program {
    const plan = spreadConvolutions(whole, windowsAtATime(this.threads))
    const placed = this.wasm.place(plan, store)
    const { memory, address, arena } = placed
    const segments = this.segmentsOf(plan, placed)
    const run: WasmFunction = (...seed) => {
      for (const segment of segments) segment.run(...seed)
      return 0
    }
    const parts = (): CompiledPart[] => segments.flatMap((segment) => segment.parts())
    const windows = { inputs: windowsOf(plan.inputs, address), outputs: windowsOf(plan.outputs, address) }
    return new WasmProgram(memory, windows, run, parts, arena)
  }

  close(): void {
    this.wasm.close()
  }

  private segmentsOf(plan: Plan, placed: PlacedPlan): CompiledCalls[] {
    const use = useOf(plan, placed)
    const constantAt = smallConstants(plan)
    const cut = this.options.widest
      ? widestSegments(plan.calls)
      : segmentsOf(plan.calls, use.calls, use.outputs)
    const sessionOf = once((model) => this.runtime.load(model, this.threads))
    return cut.map(({ calls, kind, end }) => {
      const laterReads = plan.calls.slice(end).flatMap(({ inputs }) => inputs)
      if (kind === 'wasm') return placed.compile(calls, laterReads)
      const later = use.calls.slice(end)
      const isWanted = (region: Region): boolean =>
        isReadLater(spanIn(placed, region), later, [...use.outputs, ...use.states])
      const lowered = lowerSegment(calls, { isWanted, constantAt })
      const run = segmentFunction(sessionOf(encodeModel(lowered.graph)), lowered, placed)
      return { run, parts: () => [{ calls, run }] }
    })
  }
}

/** A function of the seed's words, like those of the kernels. */
function segmentFunction(
  session: OnnxSession,
  { inputs, outputs }: LoweredSegment,
  { memory, address }: PlacedPlan,
): WasmFunction {
  const addressed = (placed: LoweredSegment['inputs']) =>
    placed.map(({ tensor, region }) => ({ tensor, address: address(region) }))
  const segment = new NativeSegment(session, memory, addressed(inputs), addressed(outputs))
  return () => {
    segment.run()
    return 0
  }
}

/** Models of one content, such as those of the batches of a convolution, have one session. */
function once<T>(open: (model: Uint8Array) => T): (model: Uint8Array) => T {
  const known = new Map<string, T>()
  return (model) => {
    const key = model.join()
    const found = known.get(key) ?? open(model)
    known.set(key, found)
    return found
  }
}

/** Which bytes each call reads and writes, and which are there for after the run. */
function useOf(
  plan: Plan,
  placed: PlacedPlan,
): Record<'outputs' | 'states', Span[]> & { calls: MemoryUse[] } {
  const calls = plan.calls.map(({ inputs, output }) => ({
    reads: inputs.map((region) => spanIn(placed, region)),
    write: spanIn(placed, output),
  }))
  const states = Object.entries(plan.states).map(([buffer, size]) => ({ buffer, offset: 0, shape: [size] }))
  const spans = (regions: readonly Region[]): Span[] => regions.map((region) => spanIn(placed, region))
  return { calls, outputs: spans(Object.values(plan.outputs)), states: spans(states) }
}

const spanIn = ({ address }: PlacedPlan, region: Region): Span => ({
  address: address(region),
  bytes: sizeOf(region.shape) * 4,
})

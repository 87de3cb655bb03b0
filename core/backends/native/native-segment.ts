import { sizeOf } from '../../graph/shape'
import type { LinearMemory } from '../wasm/linear-memory'
import { overlap, type Span } from '../wasm/memory-use'
import type { BoundSession, BoundTensor, OnnxSession } from './onnx-runtime'
import type { OnnxTensor } from './onnx-model'

/** A tensor and the address of its numbers. */
export interface AddressedTensor {
  readonly tensor: OnnxTensor
  readonly address: number
}

interface Detour {
  readonly from: number
  readonly to: number
  readonly size: number
}

const spanOf = ({ tensor, address }: AddressedTensor): Span => ({ address, bytes: sizeOf(tensor.shape) * 4 })

/** A loaded model that reads and writes right in the plan's memory. */
export class NativeSegment {
  private readonly targets: readonly AddressedTensor[]
  private readonly detours: readonly Detour[]
  private bound: { readonly session: BoundSession; readonly memory: ArrayBuffer } | undefined

  constructor(
    private readonly session: OnnxSession,
    private readonly memory: LinearMemory,
    private readonly inputs: readonly AddressedTensor[],
    outputs: readonly AddressedTensor[],
  ) {
    // Nodes run in an order of the runtime's own, so what is still to be read must not be overwritten: such outputs
    // are written elsewhere first.
    const isRead = (output: AddressedTensor): boolean =>
      inputs.some((input) => overlap(spanOf(input), spanOf(output)))
    this.targets = outputs.map((output) =>
      isRead(output) ? { ...output, address: memory.allocate(spanOf(output).bytes) } : output,
    )
    this.detours = outputs.flatMap(({ tensor, address }, i) => {
      const from = this.targets[i]!.address
      return from === address ? [] : [{ from, to: address, size: sizeOf(tensor.shape) }]
    })
  }

  run(): void {
    if (this.bound?.memory !== this.memory.memory.buffer) this.bound = this.bind()
    this.bound.session.run()
    for (const { from, to, size } of this.detours)
      this.memory.floats(to, size).set(this.memory.floats(from, size))
  }

  /** Anew when the memory has grown, since it may have moved. */
  private bind(): NonNullable<NativeSegment['bound']> {
    const bind = ({ tensor, address }: AddressedTensor): BoundTensor => ({
      ...tensor,
      values: this.memory.floats(address, sizeOf(tensor.shape)),
    })
    const session = this.session.bind(this.inputs.map(bind), this.targets.map(bind))
    return { session, memory: this.memory.memory.buffer }
  }
}

import type { BoundTensor, OnnxSession } from '../../backends/native/onnx-runtime'
import { addressTable, textTable } from './native-tables'
import type { Address, OrtApi } from './ort-api'

const FLOAT = 1

/** Tensors as ONNX Runtime takes them: a table of names and one of values, and the memory that both speak of. */
interface Side {
  readonly names: Address
  readonly values: Address
  readonly count: number
  readonly tensors: readonly Address[]
  readonly held: readonly unknown[]
}

/** What has to be given back when a session is dropped. */
interface Resources {
  readonly session: Address
  tensors: readonly Address[]
}

/** A loaded model, called through the C interface: at once, and with tensors that are made once and not at every run. */
export class NativeSession implements OnnxSession {
  private readonly resources: Resources
  private inputs: Side | undefined
  private outputs: Side | undefined

  constructor(
    private readonly api: OrtApi,
    private readonly memoryInfo: Address,
    session: Address,
    dropped: FinalizationRegistry<() => void>,
  ) {
    const resources: Resources = { session, tensors: [] }
    this.resources = resources
    dropped.register(this, () => {
      release(api, resources)
      api.call('ReleaseSession', session)
    })
  }

  bind(inputs: readonly BoundTensor[], outputs: readonly BoundTensor[]): void {
    release(this.api, this.resources)
    this.inputs = this.side(inputs)
    this.outputs = this.side(outputs)
    this.resources.tensors = [...this.inputs.tensors, ...this.outputs.tensors]
  }

  run(): void {
    const [from, to] = [this.inputs!, this.outputs!]
    const { session } = this.resources
    this.api.call('Run', session, null, from.names, from.values, from.count, to.names, to.count, to.values)
  }

  private side(bound: readonly BoundTensor[]): Side {
    const { api } = this
    const { bytes, starts } = textTable(bound.map(({ name }) => name))
    const first = api.addressOf(bytes)
    const names = addressTable(starts.map((start) => first + BigInt(start)))
    const tensors = bound.map((tensor) => this.tensor(tensor))
    const values = addressTable(tensors)
    const held = [bytes, names, values, bound]
    return { names: api.addressOf(names), values: api.addressOf(values), count: bound.length, tensors, held }
  }

  private tensor({ shape, values }: BoundTensor): Address {
    const sizes = BigInt64Array.from(shape, (size) => BigInt(size))
    const { memoryInfo } = this
    const { byteLength } = values
    return this.api.make(
      'CreateTensorWithDataAsOrtValue',
      memoryInfo,
      values,
      byteLength,
      sizes,
      shape.length,
      FLOAT,
    )
  }
}

function release(api: OrtApi, resources: Resources): void {
  for (const tensor of resources.tensors) api.call('ReleaseValue', tensor)
  resources.tensors = []
}

import type { BoundSession, BoundTensor, OnnxSession } from '../../backends/native/onnx-runtime'
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

/** A loaded model, called through the C interface: at once, and with tensors that are made once and not at every run. */
export class NativeSession implements OnnxSession {
  constructor(
    private readonly api: OrtApi,
    private readonly memoryInfo: Address,
    private readonly session: Address,
    private readonly dropped: FinalizationRegistry<() => void>,
  ) {
    dropped.register(this, () => api.call('ReleaseSession', session))
  }

  bind(inputs: readonly BoundTensor[], outputs: readonly BoundTensor[]): BoundSession {
    const { api, session, dropped } = this
    const [from, to] = [this.side(inputs), this.side(outputs)]
    const bound = {
      // A session has to outlive what is bound to it.
      held: this,
      run: () =>
        api.call('Run', session, null, from.names, from.values, from.count, to.names, to.count, to.values),
    }
    const tensors = [...from.tensors, ...to.tensors]
    dropped.register(bound, () => tensors.forEach((tensor) => api.call('ReleaseValue', tensor)))
    return bound
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

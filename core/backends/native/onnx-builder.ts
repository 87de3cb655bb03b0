import { sameShape, sizeOf, type Shape } from '../../graph/shape'
import type { OnnxAttribute, OnnxConstant, OnnxNode } from './onnx-model'

/** A tensor of the ONNX graph that is being made. */
export interface OnnxValue {
  readonly name: string
  readonly shape: Shape
}

/** Numbers of `TensorProto.DataType`. */
const elementTypes = { float32: 1, bool: 9 }

type Attributes = Readonly<Record<string, OnnxAttribute>>

/** Collects nodes and constants, and names what they make. */
export class OnnxBuilder {
  readonly nodes: OnnxNode[] = []
  readonly constants: OnnxConstant[] = []
  private readonly known = new Map<string, string>()

  /** A node whose output has this shape. */
  add(
    op: string,
    inputs: readonly (OnnxValue | string)[],
    shape: Shape,
    attributes: Attributes = {},
  ): OnnxValue {
    const output = `v${this.nodes.length}`
    const names = inputs.map((input) => (typeof input === 'string' ? input : input.name))
    this.nodes.push({ op, inputs: names, output, attributes })
    return { name: output, shape }
  }

  /** Whether a node makes it; else it comes from outside or is a constant. */
  isMade({ name }: OnnxValue): boolean {
    return name.startsWith('v')
  }

  floats(values: readonly number[], shape: Shape): OnnxValue {
    return { name: this.constant('float32', values, shape), shape }
  }

  /** The name of a list of whole numbers, as shapes and axes are given. */
  integers(values: readonly number[]): string {
    return this.constant('int64', values, [values.length])
  }

  /** As truth values (all but 0 is true), or as numbers again. */
  cast(value: OnnxValue, type: keyof typeof elementTypes): OnnxValue {
    return this.add('Cast', [value], value.shape, { to: elementTypes[type] })
  }

  reshape(value: OnnxValue, shape: Shape): OnnxValue {
    return sameShape(value.shape, shape) ? value : this.add('Reshape', [value, this.integers(shape)], shape)
  }

  /** Repeats along axes of size 1, and along axes that are missing in front. */
  expand(value: OnnxValue, shape: Shape): OnnxValue {
    return sameShape(value.shape, shape) ? value : this.add('Expand', [value, this.integers(shape)], shape)
  }

  /** Elements `start` to `end` in row-major order, as one row. */
  window(value: OnnxValue, start: number, end: number): OnnxValue {
    const flat = this.reshape(value, [sizeOf(value.shape)])
    if (start === 0 && end === sizeOf(value.shape)) return flat
    return this.add('Slice', [flat, this.integers([start]), this.integers([end])], [end - start])
  }

  private constant(type: OnnxConstant['type'], values: readonly number[], shape: Shape): string {
    const key = `${type} ${shape.join()} ${values.join()}`
    const known = this.known.get(key)
    if (known !== undefined) return known
    const name = `c${this.constants.length}`
    this.constants.push({ name, type, values, shape })
    this.known.set(key, name)
    return name
  }
}

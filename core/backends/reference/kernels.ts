import { binaryOps, unaryOps, type OpName } from '../../graph/op'
import type { FusedOpName } from '../../graph/plan'
import { sizeOf, stridesOf, type Shape } from '../../graph/shape'
import type { Attributes } from '../../graph/op'
import { threefry } from '../../random/threefry'
import type { RunSeed } from '../backend'
import { convolutionKernels } from './convolutions'
import { binaryFunctions, unaryFunctions } from './elementwise'
import { windowKernels } from './windows'

/** A region of memory as a kernel sees it: its numbers from index 0, and its shape. */
export interface View {
  readonly values: Float64Array
  readonly shape: Shape
}

export type Kernel = (inputs: readonly View[], output: View, attributes: Attributes, seed: RunSeed) => void

/** Calls `visit(output index, input index)` for every output element; `strides` are the input's along output axes. */
function walk(
  shape: Shape,
  strides: readonly number[],
  start: number,
  visit: (to: number, from: number) => void,
): void {
  const size = sizeOf(shape)
  const counter = new Array<number>(shape.length).fill(0)
  let from = start
  for (let to = 0; to < size; to++) {
    visit(to, from)
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!
      if (++counter[axis]! < shape[axis]!) break
      from -= strides[axis]! * shape[axis]!
      counter[axis] = 0
    }
  }
}

const unary =
  (f: (x: number) => number): Kernel =>
  ([x], y) => {
    const step = x!.values.length === 1 ? 0 : 1
    for (let i = 0; i < y.values.length; i++) y.values[i] = f(x!.values[i * step]!)
  }

const binary =
  (f: (a: number, b: number) => number): Kernel =>
  ([a, b], y) => {
    const stepA = a!.values.length === 1 ? 0 : 1
    const stepB = b!.values.length === 1 ? 0 : 1
    for (let i = 0; i < y.values.length; i++) y.values[i] = f(a!.values[i * stepA]!, b!.values[i * stepB]!)
  }

const where: Kernel = ([condition, a, b], y) => {
  const [stepC, stepA, stepB] = [condition, a, b].map((x) => (x!.values.length === 1 ? 0 : 1)) as [
    number,
    number,
    number,
  ]
  for (let i = 0; i < y.values.length; i++)
    y.values[i] = condition!.values[i * stepC] !== 0 ? a!.values[i * stepA]! : b!.values[i * stepB]!
}

const copy: Kernel = ([x], y) => y.values.set(x!.values)

/** Batches of [m, k] x [k, n], each stored either way round. */
const matmul: Kernel = ([a, b], y, attributes) => {
  const [m, n] = y.shape.slice(-2) as [number, number]
  const k = a!.shape.at(attributes.transposeA ? -2 : -1)!
  const [aRow, aColumn] = attributes.transposeA ? [1, m] : [k, 1]
  const [bRow, bColumn] = attributes.transposeB ? [1, k] : [n, 1]
  for (let batch = 0; batch < y.values.length / (m * n); batch++)
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) {
        let total = 0
        for (let l = 0; l < k; l++)
          total +=
            a!.values[batch * m * k + i * aRow + l * aColumn]! *
            b!.values[batch * k * n + l * bRow + j * bColumn]!
        y.values[batch * m * n + i * n + j] = total
      }
}

const activations: Record<string, (x: number) => number> = {
  none: (x) => x,
  relu: (x) => Math.max(x, 0),
  tanh: Math.tanh,
  sigmoid: unaryFunctions.sigmoid,
}

const dense: Kernel = ([x, w, bias], y, attributes, seed) => {
  const activation = activations[attributes.activation as string]!
  matmul([x!, w!], y, {}, seed)
  const n = bias!.values.length
  for (let i = 0; i < y.values.length; i++) y.values[i] = activation(y.values[i]! + bias!.values[i % n]!)
}

/** Strides that make several input elements fall on one output element, along reduced axes. */
const foldedStrides = (shape: Shape): number[] =>
  stridesOf(shape).map((stride, axis) => (shape[axis] === 1 ? 0 : stride))

const reduction =
  (start: number, combine: (total: number, x: number) => number): Kernel =>
  ([x], y) => {
    y.values.fill(start)
    walk(
      x!.shape,
      foldedStrides(y.shape),
      0,
      (from, to) => (y.values[to] = combine(y.values[to]!, x!.values[from]!)),
    )
  }

const broadcast: Kernel = ([x], y) =>
  walk(y.shape, foldedStrides(x!.shape), 0, (to, from) => (y.values[to] = x!.values[from]!))

const transpose: Kernel = ([x], y, { permutation }) => {
  const strides = stridesOf(x!.shape)
  const order = (permutation as number[]).map((axis) => strides[axis]!)
  walk(y.shape, order, 0, (to, from) => (y.values[to] = x!.values[from]!))
}

const startOf = (shape: Shape, starts: readonly number[]): number =>
  stridesOf(shape).reduce((offset, stride, axis) => offset + stride * starts[axis]!, 0)

const slice: Kernel = ([x], y, { starts }) =>
  walk(
    y.shape,
    stridesOf(x!.shape),
    startOf(x!.shape, starts as number[]),
    (to, from) => (y.values[to] = x!.values[from]!),
  )

const pad: Kernel = ([x], y, { starts }) => {
  y.values.fill(0)
  walk(
    x!.shape,
    stridesOf(y.shape),
    startOf(y.shape, starts as number[]),
    (from, to) => (y.values[to] = x!.values[from]!),
  )
}

const concat: Kernel = (parts, y, attributes) => {
  const axis = attributes.axis as number
  let start = 0
  for (const part of parts) {
    const starts = y.shape.map((_, i) => (i === axis ? start : 0))
    walk(
      part.shape,
      stridesOf(y.shape),
      startOf(y.shape, starts),
      (from, to) => (y.values[to] = part.values[from]!),
    )
    start += part.shape[axis]!
  }
}

const gather: Kernel = ([table, index], y) => {
  const width = table!.values.length / table!.shape[0]!
  index!.values.forEach((value, i) => {
    const start = Math.trunc(value) * width
    y.values.set(table!.values.subarray(start, start + width), i * width)
  })
}

const scatterAdd: Kernel = ([rows, index], y) => {
  const width = y.values.length / y.shape[0]!
  y.values.fill(0)
  index!.values.forEach((value, i) => {
    const row = Math.trunc(value)
    for (let j = 0; j < width; j++) y.values[row * width + j]! += rows!.values[i * width + j]!
  })
}

/** Word i of the stream's step, as a multiple of 2^-24: exact in float32 too, so that all backends agree. */
const random: Kernel = (_, y, { stream }, { key, step }) => {
  const [key0, key1] = threefry(key[0], key[1], stream as number, step)
  for (let i = 0; i < y.values.length; i++)
    y.values[i] = (threefry(key0, key1, i >>> 1, 0)[i & 1]! >>> 8) * 2 ** -24
}

const leaf: Kernel = () => {
  throw new TypeError('a leaf is not computed')
}

const unaries = Object.fromEntries(unaryOps.map((op) => [op, unary(unaryFunctions[op])]))
const binaries = Object.fromEntries(binaryOps.map((op) => [op, binary(binaryFunctions[op])]))

/** Every op as plain loops in float64: what the other backends and the derivative table are compared with. */
export const kernels = {
  ...unaries,
  ...binaries,
  input: leaf,
  state: leaf,
  constant: leaf,
  random,
  where,
  stopGradient: copy,
  copy,
  matmul,
  dense,
  sum: reduction(0, (total, x) => total + x),
  max: reduction(-Infinity, Math.max),
  broadcast,
  reshape: copy,
  transpose,
  slice,
  pad,
  concat,
  gather,
  scatterAdd,
  ...windowKernels,
  ...convolutionKernels({ matmul, dense, ...windowKernels }),
} as Readonly<Record<OpName | FusedOpName, Kernel>>

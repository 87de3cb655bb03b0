import type { Graph, Tensor } from './graph'
import type { BinaryOp, Pair, UnaryOp, WindowAttributes } from './op'
import { broadcastShapes, sameShape, sizeOf, type Shape } from './shape'

/** A tensor, or a number that stands for a constant. */
export type Operand = Tensor | number

// Sources

export const input = (graph: Graph, name: string, shape: Shape): Tensor =>
  graph.add('input', [], shape, { name })

/** A window of a persistent flat buffer. */
export const state = (graph: Graph, buffer: string, shape: Shape, offset = 0): Tensor =>
  graph.add('state', [], shape, { buffer, offset })

/** `values` row-major, or one number for the whole shape. */
export const constant = (graph: Graph, values: number | readonly number[], shape: Shape = [1]): Tensor =>
  graph.add('constant', [], shape, { values: typeof values === 'number' ? [values] : [...values] })

/** Uniform numbers in [0, 1), new in every run; each stream is independent. */
export const random = (graph: Graph, shape: Shape, stream: number): Tensor =>
  graph.add('random', [], shape, { stream })

// Elementwise

const unary =
  (op: UnaryOp) =>
  (x: Tensor): Tensor =>
    x.graph.add(op, [x], x.shape)

export const negate = unary('negate')
export const exp = unary('exp')
export const log = unary('log')
export const sqrt = unary('sqrt')
export const abs = unary('abs')
/** -1, 0 or 1 */
export const sign = unary('sign')
export const tanh = unary('tanh')
/** 1 / (1 + e^-x), exact at both ends */
export const sigmoid = unary('sigmoid')
/** log(1 + e^x), exact at both ends */
export const softplus = unary('softplus')
/** The Gauss error function */
export const erf = unary('erf')
export const sin = unary('sin')
export const cos = unary('cos')

/** Two operands as tensors of their common shape. */
function together(a: Operand, b: Operand): [Tensor, Tensor] {
  const known = typeof a === 'number' ? b : a
  if (typeof known === 'number') throw new TypeError('one operand must be a tensor')
  const left = typeof a === 'number' ? constant(known.graph, a) : a
  const right = typeof b === 'number' ? constant(known.graph, b) : b
  const shape = broadcastShapes(left.shape, right.shape)
  return [broadcast(left, shape), broadcast(right, shape)]
}

const binary =
  (op: BinaryOp) =>
  (a: Operand, b: Operand): Tensor => {
    const [left, right] = together(a, b)
    return left.graph.add(op, [left, right], left.shape)
  }

/** Operands of unlike shapes are repeated along axes of size 1; a missing leading axis counts as size 1. */
export const add = binary('add')
export const subtract = binary('subtract')
export const multiply = binary('multiply')
export const divide = binary('divide')
export const maximum = binary('maximum')
export const minimum = binary('minimum')
/** 1 where a > b, else 0; its derivative is zero. */
export const greater = binary('greater')
/** 1 where a = b, else 0; its derivative is zero. */
export const equal = binary('equal')

/** a where the condition is not 0, else b. */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  const [left, right] = together(a, b)
  const shape = broadcastShapes(condition.shape, left.shape)
  return condition.graph.add(
    'where',
    [condition, left, right].map((x) => broadcast(x, shape)),
    shape,
  )
}

export const square = (x: Tensor): Tensor => multiply(x, x)

/** The same value, taken as a constant by the derivative. */
export const stopGradient = (x: Tensor): Tensor => x.graph.add('stopGradient', [x], x.shape)

// Products

/** [..., m, k] x [..., k, n] -> [..., m, n]; leading axes must be equal. */
export function matmul(a: Tensor, b: Tensor, transposeA = false, transposeB = false): Tensor {
  const [m, k] = lastTwo(a, transposeA)
  const [k2, n] = lastTwo(b, transposeB)
  const lead = a.shape.slice(0, -2)
  if (k !== k2 || !sameShape(lead, b.shape.slice(0, -2)))
    throw new RangeError(`matmul: [${a.shape.join()}] and [${b.shape.join()}] do not fit together`)
  return a.graph.add('matmul', [a, b], [...lead, m, n], { transposeA, transposeB })
}

function lastTwo(x: Tensor, transposed: boolean): [number, number] {
  const [rows, columns] = x.shape.slice(-2)
  if (rows === undefined || columns === undefined) throw new RangeError('matmul needs at least two axes')
  return transposed ? [columns, rows] : [rows, columns]
}

// Reductions

/** Sum over `axes` (all when left out). The axes stay with size 1 unless `keep` is false. */
export const sum = (x: Tensor, axes?: readonly number[], keep = true): Tensor => reduce('sum', x, axes, keep)

/** Largest over `axes` (all when left out). */
export const max = (x: Tensor, axes?: readonly number[], keep = true): Tensor => reduce('max', x, axes, keep)

export function mean(x: Tensor, axes?: readonly number[], keep = true): Tensor {
  const total = sum(x, axes, keep)
  return multiply(total, sizeOf(total.shape) / sizeOf(x.shape))
}

function reduce(op: 'sum' | 'max', x: Tensor, axes: readonly number[] | undefined, keep: boolean): Tensor {
  const wanted = axes ?? x.shape.map((_, axis) => axis)
  const kept = x.shape.map((size, axis) => (wanted.includes(axis) ? 1 : size))
  const result = sameShape(kept, x.shape)
    ? x
    : x.graph.add(op, [x], kept, { axes: [...wanted].sort((a, b) => a - b) })
  return keep
    ? result
    : reshape(
        result,
        x.shape.filter((_, axis) => !wanted.includes(axis)),
      )
}

// Shapes

export function broadcast(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x
  const padded = [...new Array<number>(shape.length - x.shape.length).fill(1), ...x.shape]
  const aligned = reshape(x, padded)
  return sameShape(padded, shape) ? aligned : x.graph.add('broadcast', [aligned], shape)
}

export function reshape(x: Tensor, shape: Shape): Tensor {
  if (sizeOf(shape) !== sizeOf(x.shape))
    throw new RangeError(`reshape: [${x.shape.join()}] to [${shape.join()}]`)
  return sameShape(x.shape, shape) ? x : x.graph.add('reshape', [x], [...shape])
}

/** Axis i of the result is axis `permutation[i]` of x. */
export function transpose(x: Tensor, permutation: readonly number[]): Tensor {
  const shape = permutation.map((axis) => x.shape[axis] ?? refuseAxis(axis))
  return x.graph.add('transpose', [x], shape, { permutation: [...permutation] })
}

/** The window of `shape` that begins at `starts`. */
export const slice = (x: Tensor, starts: readonly number[], shape: Shape): Tensor =>
  sameShape(x.shape, shape) ? x : x.graph.add('slice', [x], [...shape], { starts: [...starts] })

/** x placed at `starts` in zeros of `shape`. */
export const pad = (x: Tensor, starts: readonly number[], shape: Shape): Tensor =>
  sameShape(x.shape, shape) ? x : x.graph.add('pad', [x], [...shape], { starts: [...starts] })

export function concat(parts: readonly Tensor[], axis: number): Tensor {
  const first = parts[0] ?? refuseAxis(axis)
  if (parts.length === 1) return first
  const total = parts.reduce((size, part) => size + (part.shape[axis] ?? refuseAxis(axis)), 0)
  const shape = first.shape.map((size, i) => (i === axis ? total : size))
  return first.graph.add('concat', parts, shape, { axis })
}

// Rows by index

/** (table [n, ...], index [m]) -> [m, ...] */
export const gather = (table: Tensor, index: Tensor): Tensor =>
  table.graph.add('gather', [table, index], [...index.shape, ...table.shape.slice(1)])

/** (rows [m, ...], index [m]) -> [n, ...], rows that share an index added up. */
export const scatterAdd = (rows: Tensor, index: Tensor, n: number): Tensor =>
  rows.graph.add('scatterAdd', [rows, index], [n, ...rows.shape.slice(1)])

// Windows over images [n, h, w, c]

const windowAttributes = ({ kernel, stride, dilation, before }: WindowAttributes) => ({
  kernel,
  stride,
  dilation,
  before,
})

/** Windows of one pixel, one for each pixel: the image itself. */
const arePixels = ({ kernel, stride, before }: WindowAttributes, asMany: boolean): boolean =>
  asMany && sizeOf(kernel) === 1 && sizeOf(stride) === 1 && before[0] === 0 && before[1] === 0

/** x [n, h, w, c] -> [n, rows, columns, kh, kw, c], zeros beyond the edge; `count` is [rows, columns]. */
export function patches(x: Tensor, windows: WindowAttributes, count: Pair): Tensor {
  const [n, , , c] = axesOf(x, 4)
  const shape = [n!, ...count, ...windows.kernel, c!]
  if (arePixels(windows, sizeOf(shape) === sizeOf(x.shape))) return reshape(x, shape)
  return x.graph.add('patches', [x], shape, windowAttributes(windows))
}

/** x [n, rows, columns, kh, kw, c] -> [n, h, w, c], what falls beyond the edge dropped; `size` is [h, w]. */
export function foldPatches(x: Tensor, windows: WindowAttributes, size: Pair): Tensor {
  const [n, , , , , c] = axesOf(x, 6)
  const shape = [n!, ...size, c!]
  if (arePixels(windows, sizeOf(shape) === sizeOf(x.shape))) return reshape(x, shape)
  return x.graph.add('foldPatches', [x], shape, windowAttributes(windows))
}

/** (x, z [n, h, w, c]) -> [n, rows, columns, c]: z where x is largest in its window, the first such place. */
export function pickLargest(x: Tensor, z: Tensor, windows: WindowAttributes, count: Pair): Tensor {
  const [n, , , c] = axesOf(x, 4)
  if (!sameShape(x.shape, z.shape))
    throw new RangeError(`pickLargest: [${x.shape.join()}], [${z.shape.join()}]`)
  return x.graph.add('pickLargest', [x, z], [n!, ...count, c!], windowAttributes(windows))
}

/** (x [n, h, w, c], y [n, rows, columns, c]) -> [n, h, w, c]: y added where x is largest in its window. */
export const placeLargest = (x: Tensor, y: Tensor, windows: WindowAttributes): Tensor =>
  x.graph.add('placeLargest', [x, y], x.shape, windowAttributes(windows))

function axesOf(x: Tensor, count: number): Shape {
  if (x.shape.length !== count) throw new RangeError(`${count} axes wanted, not [${x.shape.join()}]`)
  return x.shape
}

function refuseAxis(axis: number): never {
  throw new RangeError(`no axis ${axis}`)
}

import type { KernelCall } from '../../../graph/plan'
import { sizeOf } from '../../../graph/shape'
import { invoke, type Invocation } from '../invocation'
import type { Lowering, Placement } from './lowering'

/** C [m, n] = A [m, k] x B [k, n], `batch` times; steps from row to row and from column to column in elements. */
interface Product {
  readonly batch: number
  readonly m: number
  readonly k: number
  readonly n: number
  readonly a: readonly [number, number]
  readonly b: readonly [number, number]
}

function productOf({ inputs, output, attributes }: KernelCall): Product {
  const transposeA = attributes['transposeA'] === true
  const transposeB = attributes['transposeB'] === true
  const [m, n] = output.shape.slice(-2) as [number, number]
  const k = inputs[0]!.shape.at(transposeA ? -2 : -1)!
  return {
    batch: sizeOf(output.shape.slice(0, -2)),
    ...{ m, k, n },
    a: transposeA ? [1, m] : [k, 1],
    b: transposeB ? [1, k] : [n, 1],
  }
}

export function multiplyAdds(call: KernelCall): number {
  const { batch, m, k, n } = productOf(call)
  return batch * m * k * n
}

const activations = ['none', 'relu', 'tanh', 'sigmoid']

/** The number that kernels know the call's activation by. */
export const activationOf = ({ attributes }: KernelCall): number =>
  activations.indexOf((attributes['activation'] ?? 'none') as string)

/** A window of the output, in rows, columns, or numbers of the batch. */
interface Window {
  readonly batch: readonly [number, number]
  readonly rows: readonly [number, number]
  readonly columns: readonly [number, number]
}

function multiply(call: KernelCall, place: Placement, { batch, rows, columns }: Window): Invocation[] {
  const { m, k, n, a, b } = productOf(call)
  const at = (index: number, elements: number): number => place.address(call.inputs[index]!) + elements * 4
  const parts = batch[1] - batch[0]
  const [height, width] = [rows[1] - rows[0], columns[1] - columns[0]]
  const target = place.address(call.output) + (batch[0] * m * n + rows[0] * n + columns[0]) * 4
  const operands = [
    at(0, batch[0] * m * k + rows[0] * a[0]),
    at(1, batch[0] * k * n + columns[0] * b[1]),
    target,
  ]
  const strides = [...a, ...b, n].map((elements) => elements * 4)
  const workspace = place.workspace(place.matmulWorkspace(k, width))
  const product = invoke('matmul', ...operands, parts, height, k, width, ...strides, workspace)
  if (call.op === 'matmul') return [product]
  return [product, invoke('finish', target, at(2, columns[0]), height, width, n * 4, activationOf(call))]
}

const whole: Lowering = (call, place) => {
  const { batch, m, n } = productOf(call)
  return multiply(call, place, { batch: [0, batch], rows: [0, m], columns: [0, n] })
}

/** Rows or columns in one piece; columns as many as a tile has. */
const ROWS = 8
const COLUMNS = 16

/**
 * Whether columns are shared out rather than rows. Each part brings the whole of the other operand into the order that suits
 * it, which for columns is A, and only if it is transposed; but it reads all of A in any case.
 */
function byColumns({ m, n, a }: Product): boolean {
  const transposed = a[1] !== 1
  return m <= (transposed ? n : 3 * n)
}

/** Pieces are products of the batch, or some rows or columns each. */
export function productPart(call: KernelCall, place: Placement, from: number, end: number): Invocation[] {
  const product = productOf(call)
  const { batch, m, n } = product
  const all: Window = { batch: [0, batch], rows: [0, m], columns: [0, n] }
  if (batch > 1) return multiply(call, place, { ...all, batch: [from, end] })
  const last = end === productPieces(call)
  if (byColumns(product))
    return multiply(call, place, { ...all, columns: [from * COLUMNS, last ? n : end * COLUMNS] })
  return multiply(call, place, { ...all, rows: [from * ROWS, last ? m : end * ROWS] })
}

export function productPieces(call: KernelCall): number {
  const product = productOf(call)
  if (product.batch > 1) return product.batch
  return Math.max(1, Math.floor(byColumns(product) ? product.n / COLUMNS : product.m / ROWS))
}

export const products: Readonly<Record<string, Lowering>> = { matmul: whole, dense: whole }

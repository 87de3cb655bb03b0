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

/** Pieces are products of the batch, or eight rows or columns each, of which there are more. */
export function productPart(call: KernelCall, place: Placement, from: number, end: number): Invocation[] {
  const { batch, m, n } = productOf(call)
  const all: Window = { batch: [0, batch], rows: [0, m], columns: [0, n] }
  if (batch > 1) return multiply(call, place, { ...all, batch: [from, end] })
  const last = end === productPieces(call)
  if (m >= n) return multiply(call, place, { ...all, rows: [from * 8, last ? m : end * 8] })
  return multiply(call, place, { ...all, columns: [from * 8, last ? n : end * 8] })
}

export function productPieces(call: KernelCall): number {
  const { batch, m, n } = productOf(call)
  return batch > 1 ? batch : Math.max(1, Math.floor(Math.max(m, n) / 8))
}

export const products: Readonly<Record<string, Lowering>> = { matmul: whole, dense: whole }

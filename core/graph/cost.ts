import type { KernelCall } from './plan'
import { sizeOf } from './shape'

/** The inner size k of a product [m, k] x [k, n]; nothing for calls that are no products. */
export function innerSize({ op, inputs, attributes }: KernelCall): number | undefined {
  if (op !== 'matmul' && op !== 'dense') return undefined
  const [rows, columns] = inputs[0]!.shape.slice(-2) as [number, number]
  return attributes.transposeA ? rows : columns
}

/** Floating-point operations of a call that is a product (two for each multiply-add), as peers count them; else 0. */
export const callFlops = (call: KernelCall): number => 2 * sizeOf(call.output.shape) * (innerSize(call) ?? 0)

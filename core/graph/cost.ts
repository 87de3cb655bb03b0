import type { KernelCall, Plan } from './plan'
import { sizeOf } from './shape'

const rowsOf = (call: KernelCall, operand: 0 | 1): number => call.inputs[operand]!.shape[0]!

function innerOfProduct({ inputs, attributes }: KernelCall): number {
  const [rows, columns] = inputs[0]!.shape.slice(-2) as [number, number]
  return attributes.transposeA ? rows : columns
}

const inner: Readonly<Record<string, (call: KernelCall) => number>> = {
  matmul: innerOfProduct,
  dense: innerOfProduct,
  convolve: (call) => rowsOf(call, 1),
  convolveWeights: (call) => rowsOf(call, 1),
  // What is counted is the product before it is added up over the windows.
  convolveInput: (call) => (sizeOf(call.inputs[0]!.shape) * rowsOf(call, 1)) / sizeOf(call.output.shape),
}

/** The inner size k of a product [m, k] x [k, n], or what it is on average; nothing for calls that are no products. */
export const innerSize = (call: KernelCall): number | undefined => inner[call.op]?.(call)

/** Floating-point operations of a call that is a product (two for each multiply-add), as peers count them; else 0. */
export const callFlops = (call: KernelCall): number => 2 * sizeOf(call.output.shape) * (innerSize(call) ?? 0)

/** Counted nanoseconds: of a call by itself, of each number that it makes, and of a floating-point operation of a product. */
const PER_CALL = 45
const PER_NUMBER = 0.3
const PER_FLOP = 1 / 35

/** About how long a run of the plan takes, counted in nanoseconds and not timed: the same on every computer. */
export const planCost = ({ calls }: Plan): number =>
  calls.reduce(
    (cost, call) => cost + PER_CALL + PER_NUMBER * sizeOf(call.output.shape) + PER_FLOP * callFlops(call),
    0,
  )

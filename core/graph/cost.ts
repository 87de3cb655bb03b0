import type { Plan } from './plan'
import { sizeOf } from './shape'

/** Floating-point operations of one run, products only (two for each multiply-add), as peers count them. */
export function productFlops(plan: Plan): number {
  let flops = 0
  for (const { op, inputs, output, attributes } of plan.calls) {
    if (op !== 'matmul' && op !== 'dense') continue
    const [rows, columns] = inputs[0]!.shape.slice(-2) as [number, number]
    flops += 2 * sizeOf(output.shape) * (attributes.transposeA ? rows : columns)
  }
  return flops
}

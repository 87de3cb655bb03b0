import type { PlanNode } from './fuse'
import { stridesOf } from './shape'

/** True for nodes whose elements lie in their input already, one after another. */
export function isView(node: PlanNode, nodes: ReadonlyMap<number, PlanNode>): boolean {
  if (node.op === 'reshape' || node.op === 'stopGradient') return true
  return node.op === 'slice' && isContiguous(node, nodes)
}

/** Where in its input a view begins, in elements. */
export function viewOffset(node: PlanNode, nodes: ReadonlyMap<number, PlanNode>): number {
  if (node.op !== 'slice') return 0
  const strides = stridesOf(nodes.get(node.inputs[0]!)!.shape)
  return (node.attributes.starts as number[]).reduce(
    (offset, start, axis) => offset + start * strides[axis]!,
    0,
  )
}

/** A window is contiguous when, after its first axis longer than 1, it takes every axis whole. */
function isContiguous(node: PlanNode, nodes: ReadonlyMap<number, PlanNode>): boolean {
  const whole = nodes.get(node.inputs[0]!)!.shape
  const first = node.shape.findIndex((size) => size !== 1)
  return first < 0 || node.shape.every((size, axis) => axis <= first || size === whole[axis])
}

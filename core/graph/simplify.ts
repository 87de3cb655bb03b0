import type { GraphNode } from './graph'
import type { BinaryOp } from './op'

/** A plain record of the graph that passes may rewrite: node by id, and what stands in for it. */
export interface Rewritten {
  readonly nodes: Map<number, GraphNode>
  /** The node that stands in for `id`. */
  resolve(id: number): number
}

const arithmetic: Partial<Record<BinaryOp, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
}

/** The number that fills a constant node, if it is one number. */
const uniform = (node: GraphNode): number | undefined => {
  const values = node.op === 'constant' ? (node.attributes.values as number[]) : []
  return values.length === 1 ? values[0] : undefined
}

/**
 * Removes what autodiff leaves behind: arithmetic of constants, times one, plus zero, repeated constants. Values do not
 * change, except that constants are combined in float64 before they are rounded and that -0 + 0 stays -0.
 */
export function simplify(nodes: readonly GraphNode[]): Rewritten {
  const kept = new Map<number, GraphNode>()
  const standIn = new Map<number, number>()
  const resolve = (id: number): number => standIn.get(id) ?? id
  for (const original of nodes) {
    const node = { ...original, inputs: original.inputs.map(resolve) }
    const operands = node.inputs.map((id) => kept.get(id)!)
    const same = neutral(node, operands)
    if (same !== undefined) standIn.set(node.id, same)
    else kept.set(node.id, folded(node, operands) ?? node)
  }
  return { nodes: kept, resolve }
}

/** The input that a node passes through unchanged: x * 1, x / 1, x + 0, x - 0. */
function neutral(node: GraphNode, operands: readonly GraphNode[]): number | undefined {
  const [a, b] = operands
  if (!a || !b) return undefined
  const left = uniform(a)
  const right = uniform(b)
  if (right === (node.op === 'multiply' || node.op === 'divide' ? 1 : 0) && changesNothing(node)) return a.id
  if (left === 1 && node.op === 'multiply') return b.id
  if (left === 0 && node.op === 'add') return b.id
  return undefined
}

const changesNothing = (node: GraphNode): boolean =>
  node.op === 'multiply' || node.op === 'divide' || node.op === 'add' || node.op === 'subtract'

function folded(node: GraphNode, operands: readonly GraphNode[]): GraphNode | undefined {
  const values = operands.map(uniform)
  if (!values.length || values.some((value) => value === undefined)) return undefined
  const value = foldedValue(node, values as number[])
  return value === undefined
    ? undefined
    : { ...node, op: 'constant', inputs: [], attributes: { values: [value] } }
}

function foldedValue(node: GraphNode, [a, b]: readonly number[]): number | undefined {
  if (node.op === 'broadcast' || node.op === 'reshape') return a
  if (node.op === 'negate') return -a!
  return b === undefined ? undefined : arithmetic[node.op as BinaryOp]?.(a!, b)
}

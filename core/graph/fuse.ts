import type { GraphNode } from './graph'
import type { FusedOpName } from './plan'
import { isElementwise, type OpName } from './op'
import { sizeOf } from './shape'

/** A node on its way into a plan: a primitive, or several fused into one kernel. */
export type PlanNode = Omit<GraphNode, 'op'> & { readonly op: OpName | FusedOpName }

/** Who reads each node. */
export function countReaders(nodes: Iterable<PlanNode>): Map<number, number> {
  const readers = new Map<number, number>()
  for (const node of nodes) for (const id of node.inputs) readers.set(id, (readers.get(id) ?? 0) + 1)
  return readers
}

/** Elementwise kernels read a single number themselves, so that it need not be spread over a buffer first. */
export function absorbScalars(nodes: Map<number, PlanNode>): void {
  for (const node of nodes.values()) {
    if (!isElementwise(node.op)) continue
    const inputs = node.inputs.map((id) => scalarSource(nodes, id))
    nodes.set(node.id, { ...node, inputs })
  }
}

function scalarSource(nodes: Map<number, PlanNode>, id: number): number {
  const node = nodes.get(id)!
  const from = node.op === 'broadcast' ? nodes.get(node.inputs[0]!)! : undefined
  return from && sizeOf(from.shape) === 1 ? from.id : id
}

/** matmul + repeated bias -> dense, where the product is used for nothing else. */
export function fuseDense(nodes: Map<number, PlanNode>, keep: ReadonlySet<number>): void {
  const readers = countReaders(nodes.values())
  for (const node of nodes.values()) {
    if (node.op !== 'add') continue
    const [product, repeated] = node.inputs.map((id) => nodes.get(id)!)
    const bias = repeated && nodes.get(repeated.inputs[0] ?? -1)
    if (!product || !bias || repeated.op !== 'broadcast' || !isPlainProduct(product)) continue
    if (readers.get(product.id) !== 1 || keep.has(product.id)) continue
    if (bias.shape.length !== 2 || bias.shape[0] !== 1 || bias.shape[1] !== node.shape[1]) continue
    const attributes = { activation: 'none' }
    nodes.set(node.id, { ...node, op: 'dense', inputs: [...product.inputs, bias.id], attributes })
  }
}

const isPlainProduct = (node: PlanNode): boolean =>
  node.op === 'matmul' &&
  node.shape.length === 2 &&
  !node.attributes.transposeA &&
  !node.attributes.transposeB

import { countReaders, type PlanNode } from './fuse'
import type { WindowAttributes } from './op'
import { sizeOf } from './shape'

type Nodes = Map<number, PlanNode>

/**
 * Products with the windows of an image, spread out as a matrix, and what such products give back to the image -> kernels
 * that never hold more than a few of the windows at a time.
 */
export function fuseConvolutions(nodes: Nodes, keep: ReadonlySet<number>): void {
  const readers = countReaders(nodes.values())
  const single = (node: PlanNode): boolean => readers.get(node.id) === 1 && !keep.has(node.id)
  for (const node of [...nodes.values()]) {
    const fused = product(node, nodes) ?? backToImage(node, nodes, single)
    if (fused) nodes.set(node.id, fused)
  }
}

/** x [n, h, w, c] spread out [n · rows · columns, taps], times weights or, turned over, times the gradient. */
function product(node: PlanNode, nodes: Nodes): PlanNode | undefined {
  if ((node.op !== 'matmul' && node.op !== 'dense') || node.shape.length !== 2) return undefined
  const [left, right, bias] = node.inputs as [number, number, number | undefined]
  const spread = behindReshapes(left, nodes)
  if (spread.op !== 'patches' || node.attributes.transposeB) return undefined
  const attributes = { ...spread.attributes, count: spread.shape.slice(1, 3) }
  const [x] = spread.inputs as [number]
  if (node.attributes.transposeA) return { ...node, op: 'convolveWeights', inputs: [x, right], attributes }
  if (nodes.get(left)!.shape[1] !== tapsOf(spread)) return undefined
  const inputs = bias === undefined ? [x, right] : [x, right, bias]
  return { ...node, op: 'convolve', inputs, attributes }
}

/** Spread-out windows [n · rows · columns, taps] = y weightsᵀ, added up where they came from. */
function backToImage(
  node: PlanNode,
  nodes: Nodes,
  single: (node: PlanNode) => boolean,
): PlanNode | undefined {
  if (node.op !== 'foldPatches') return undefined
  const [spread] = node.inputs as [number]
  const gradient = behindReshapes(spread, nodes)
  const { transposeA, transposeB } = gradient.attributes
  if (gradient.op !== 'matmul' || transposeA || !transposeB || !single(gradient)) return undefined
  const { shape } = nodes.get(spread)!
  if (gradient.shape.length !== 2 || gradient.shape[1] !== sizeOf(shape.slice(3))) return undefined
  const attributes = { ...node.attributes, count: shape.slice(1, 3) }
  return { ...node, op: 'convolveInput', inputs: gradient.inputs, attributes }
}

function behindReshapes(id: number, nodes: Nodes): PlanNode {
  const node = nodes.get(id)!
  return node.op === 'reshape' ? behindReshapes(node.inputs[0]!, nodes) : node
}

/** Numbers in one window. */
function tapsOf({ shape, attributes }: PlanNode): number {
  const { kernel } = attributes as unknown as WindowAttributes
  return sizeOf(kernel) * shape[5]!
}

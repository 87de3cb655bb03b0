import { countReaders, type PlanNode } from './fuse'

type Nodes = Map<number, PlanNode>

/**
 * A dense product or convolution that only goes through x · [x > 0] -> the same with the activation in its own last
 * pass. Its sign tells the derivative as x did, so nothing else has to be kept. Gives what stands in for each product
 * x · [x > 0].
 */
export function fuseRelu(nodes: Nodes, keep: ReadonlySet<number>): ReadonlyMap<number, number> {
  const readers = countReaders(nodes.values())
  const standIn = new Map<number, number>()
  for (const node of nodes.values()) {
    const product = rectified(node, nodes)
    if (!product || keep.has(product.id) || readers.get(product.id) !== 2) continue
    nodes.set(product.id, { ...product, attributes: { ...product.attributes, activation: 'relu' } })
    standIn.set(node.id, product.id)
  }
  for (const node of nodes.values()) {
    const inputs = node.inputs.map((id) => standIn.get(id) ?? id)
    nodes.set(node.id, { ...node, inputs })
  }
  return standIn
}

/** The product x of x · [x > 0], if that is what the node is. */
function rectified({ op, inputs }: PlanNode, nodes: Nodes): PlanNode | undefined {
  if (op !== 'multiply') return undefined
  const [x, mask] = inputs.map((id) => nodes.get(id)!) as [PlanNode, PlanNode]
  const biased = x.op === 'dense' || (x.op === 'convolve' && x.inputs.length === 3)
  if (!biased || mask.op !== 'greater' || mask.inputs[0] !== x.id) return undefined
  const { op: right, attributes } = nodes.get(mask.inputs[1]!)!
  const [number, ...others] = right === 'constant' ? (attributes.values as number[]) : []
  return number === 0 && others.length === 0 ? x : undefined
}

/**
 * Nodes in an order in which each comes after its inputs: that of the graph, but comparisons right before their first
 * reader, which then makes them on the way instead of reading them from memory.
 */
export function inOrder(nodes: Nodes): PlanNode[] {
  const first = new Map<number, number>()
  for (const { id, inputs } of nodes.values())
    for (const input of inputs) first.set(input, Math.min(first.get(input) ?? Infinity, id))
  const place = ({ id, op }: PlanNode): number => (op === 'greater' ? (first.get(id) ?? id) - 0.5 : id)
  return [...nodes.values()].sort((a, b) => place(a) - place(b) || a.id - b.id)
}

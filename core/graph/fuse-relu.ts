import { countReaders, type PlanNode } from './fuse'

type Nodes = Map<number, PlanNode>

/**
 * A dense product or convolution that only goes through x · [x > 0], as it is or in another shape -> the same with the
 * activation in its own last pass. Its sign tells the derivative as x did, so nothing else has to be kept. Gives what
 * stands in for each x · [x > 0].
 */
export function fuseRelu(nodes: Nodes, keep: ReadonlySet<number>): ReadonlyMap<number, number> {
  const readers = countReaders(nodes.values())
  const standIn = new Map<number, number>()
  for (const node of nodes.values()) {
    const x = rectified(node, nodes)
    if (!x || keep.has(x.id) || readers.get(x.id) !== 2) continue
    const product = behindReshapes(x, nodes, ({ id }) => readers.get(id) === 1 && !keep.has(id))
    if (!product || !isBiased(product)) continue
    nodes.set(product.id, { ...product, attributes: { ...product.attributes, activation: 'relu' } })
    standIn.set(node.id, x.id)
  }
  for (const node of nodes.values()) {
    const inputs = node.inputs.map((id) => standIn.get(id) ?? id)
    nodes.set(node.id, { ...node, inputs })
  }
  return standIn
}

/** x of x · [x > 0], if that is what the node is. */
function rectified({ op, inputs }: PlanNode, nodes: Nodes): PlanNode | undefined {
  if (op !== 'multiply') return undefined
  const [x, mask] = inputs.map((id) => nodes.get(id)!) as [PlanNode, PlanNode]
  if (mask.op !== 'greater' || mask.inputs[0] !== x.id) return undefined
  const { op: right, attributes } = nodes.get(mask.inputs[1]!)!
  const [number, ...others] = right === 'constant' ? (attributes.values as number[]) : []
  return number === 0 && others.length === 0 ? x : undefined
}

const isBiased = ({ op, inputs }: PlanNode): boolean =>
  op === 'dense' || (op === 'convolve' && inputs.length === 3)

/** What a node only has in another shape, where nobody else reads it on the way. */
function behindReshapes(
  node: PlanNode,
  nodes: Nodes,
  isOwn: (node: PlanNode) => boolean,
): PlanNode | undefined {
  if (node.op !== 'reshape') return node
  const source = nodes.get(node.inputs[0]!)!
  return isOwn(source) ? behindReshapes(source, nodes, isOwn) : undefined
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

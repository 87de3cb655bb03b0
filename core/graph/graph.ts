import type { Attributes, OpName } from './op'
import { sizeOf, type Shape } from './shape'

/** One node of the graph: a primitive applied to earlier nodes. Shapes are static; data is row-major. */
export interface GraphNode {
  readonly id: number
  readonly op: OpName
  readonly inputs: readonly number[]
  readonly shape: Shape
  readonly attributes: Attributes
  /** The layer or part that made it, such as `1.dense`; gradients keep the scope of the node they belong to. */
  readonly scope: string
}

/** A symbolic tensor: a node seen as a value. */
export interface Tensor {
  readonly graph: Graph
  readonly id: number
  readonly shape: Shape
}

/** The intermediate representation: nodes in topological order, since a node can only use earlier ones. */
export class Graph {
  readonly nodes: GraphNode[] = []
  private scope = ''
  private readonly known = new Map<string, number>()

  /** Adds a node, or finds the equal one that is there already, so that common parts are computed once. */
  add(op: OpName, inputs: readonly Tensor[], shape: Shape, attributes: Attributes = {}): Tensor {
    const ids = inputs.map((tensor) => tensor.id)
    const key = `${op}|${ids.join()}|${shape.join()}|${JSON.stringify(attributes)}`
    const same = this.known.get(key)
    if (same !== undefined) return this.tensor(same)
    const id = this.nodes.length
    this.nodes.push({ id, op, inputs: ids, shape, attributes, scope: this.scope })
    this.known.set(key, id)
    return { graph: this, id, shape }
  }

  node(id: number): GraphNode {
    const node = this.nodes[id]
    if (!node) throw new RangeError(`no node ${id} in a graph of ${this.nodes.length}`)
    return node
  }

  tensor(id: number): Tensor {
    return { graph: this, id, shape: this.node(id).shape }
  }

  /** Runs `build` with every new node marked as made by `scope`. */
  within<T>(scope: string, build: () => T): T {
    const outer = this.scope
    this.scope = scope
    try {
      return build()
    } finally {
      this.scope = outer
    }
  }
}

/** Number of elements of a tensor. */
export const elements = (tensor: Tensor): number => sizeOf(tensor.shape)

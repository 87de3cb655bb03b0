import { derivatives } from './derivatives'
import type { Tensor } from './graph'
import { addWindows } from './add-windows'
import { constant } from './ops'
import { sameShape, sizeOf } from './shape'

/**
 * Reverse-mode differentiation: the gradient of a loss with respect to each tensor of `wrt`, as new nodes of the same
 * graph (so that they can be differentiated again). Tensors that the loss does not depend on get zeros.
 * @throws RangeError when the loss has more than one element.
 */
export function gradients(loss: Tensor, wrt: readonly Tensor[]): Tensor[] {
  if (sizeOf(loss.shape) !== 1) throw new RangeError(`a loss must be one number, not [${loss.shape.join()}]`)
  return pullBack(loss, constant(loss.graph, 1, loss.shape), wrt)
}

/**
 * Vector-Jacobian product: pulls `cotangent` (shape of `output`) back to each tensor of `wrt`. The graph is walked once
 * from the output down; only nodes on a path to `wrt` take part.
 */
export function pullBack(output: Tensor, cotangent: Tensor, wrt: readonly Tensor[]): Tensor[] {
  if (!sameShape(output.shape, cotangent.shape))
    throw new RangeError('a cotangent has the shape of its output')
  const { graph } = output
  const concerned = nodesBetween(output, wrt)
  const found = new Map<number, Tensor>([[output.id, cotangent]])
  for (let id = output.id; id >= 0; id--) {
    const gradient = found.get(id)
    if (!gradient || !concerned.has(id)) continue
    const node = graph.node(id)
    const inputs = node.inputs.map((input) => graph.tensor(input))
    graph.within(node.scope, () => {
      const parts = derivatives[node.op].vjp({
        inputs,
        output: graph.tensor(id),
        gradient,
        attributes: node.attributes,
      })
      inputs.forEach((input, index) => accumulate(found, concerned, input, parts[index] ?? null))
    })
  }
  return wrt.map((tensor) => found.get(tensor.id) ?? constant(graph, 0, tensor.shape))
}

function accumulate(
  found: Map<number, Tensor>,
  concerned: Set<number>,
  input: Tensor,
  part: Tensor | null,
): void {
  if (!part || !concerned.has(input.id)) return
  const before = found.get(input.id)
  found.set(input.id, before ? addWindows(before, part) : part)
}

/** Ids at or below the output that reach a tensor of `wrt`. */
function nodesBetween(output: Tensor, wrt: readonly Tensor[]): Set<number> {
  const concerned = new Set(wrt.map((tensor) => tensor.id))
  for (const node of output.graph.nodes.slice(0, output.id + 1))
    if (node.inputs.some((input) => concerned.has(input))) concerned.add(node.id)
  return concerned
}

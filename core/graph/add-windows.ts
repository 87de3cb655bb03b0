import type { Tensor } from './graph'
import { add, concat, pad } from './ops'

/**
 * a + b. Where both are windows placed in zeros side by side, their sum is the two put together and placed in zeros: so
 * the gradient of something that was cut into many slices is one concat, not a sum of as many full-sized tensors.
 */
export function addWindows(a: Tensor, b: Tensor): Tensor {
  const [left, right] = [windowOf(a), windowOf(b)]
  if (!left || !right) return add(a, b)
  const [first, second] = isBefore(left, right) ? [left, right] : [right, left]
  const axis = first.starts.findIndex((start, i) => start !== second.starts[i])
  if (axis < 0 || !touch(first, second, axis)) return add(a, b)
  return pad(concat([...partsOf(first, axis), ...partsOf(second, axis)], axis), first.starts, a.shape)
}

interface Window {
  readonly content: Tensor
  readonly starts: readonly number[]
}

function windowOf({ graph, id }: Tensor): Window | undefined {
  const { op, inputs, attributes } = graph.node(id)
  if (op !== 'pad') return undefined
  return { content: graph.tensor(inputs[0]!), starts: attributes.starts as readonly number[] }
}

const isBefore = (a: Window, b: Window): boolean => a.starts.every((start, axis) => start <= b.starts[axis]!)

/** True when the second begins where the first ends, and both are alike along all other axes. */
function touch(first: Window, second: Window, axis: number): boolean {
  return first.starts.every((start, i) => {
    const size = first.content.shape[i]!
    if (i === axis) return start + size === second.starts[i]
    return start === second.starts[i] && size === second.content.shape[i]
  })
}

/** What a window was put together from along this axis. */
function partsOf({ content }: Window, axis: number): Tensor[] {
  const { op, inputs, attributes } = content.graph.node(content.id)
  const joined = op === 'concat' && attributes.axis === axis
  return joined ? inputs.map((id) => content.graph.tensor(id)) : [content]
}

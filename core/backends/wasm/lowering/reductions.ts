import { sizeOf, type Shape } from '../../../graph/shape'
import { invoke, type Invocation } from '../invocation'
import type { Lowering } from './lowering'

interface Group {
  readonly size: number
  readonly reduced: boolean
}

/** The axes as alternating groups of kept and reduced ones. */
function groupsOf(shape: Shape, axes: readonly number[]): Group[] {
  const groups: Group[] = []
  shape.forEach((size, axis) => {
    const reduced = axes.includes(axis)
    const last = groups.at(-1)
    if (size === 1) return
    if (last?.reduced === reduced) groups[groups.length - 1] = { size: last.size * size, reduced }
    else groups.push({ size, reduced })
  })
  return groups
}

const product = (groups: readonly Group[]): number => groups.reduce((total, group) => total * group.size, 1)

/** The innermost group first; what is between two groups goes through the workspace's two halves in turn. */
const reduction =
  (kernel: 'sum' | 'max'): Lowering =>
  (call, place) => {
    const output = place.address(call.output)
    const groups = groupsOf(call.inputs[0]!.shape, call.attributes['axes'] as readonly number[])
    const invocations: Invocation[] = []
    let from = place.address(call.inputs[0]!)
    let half = 0
    for (;;) {
      const at = groups.map((group) => group.reduced).lastIndexOf(true)
      if (at < 0) break
      const [outer, n, inner] = [groups.slice(0, at), groups[at]!.size, groups.slice(at + 1)]
      groups.splice(at, 1)
      // The first intermediate result is the largest.
      half ||= Math.ceil(product(groups) / 4) * 16
      const done = !groups.some((group) => group.reduced)
      const to = done ? output : place.workspace(2 * half) + (invocations.length % 2) * half
      invocations.push(invoke(kernel, from, to, product(outer), n, product(inner)))
      from = to
    }
    if (invocations.length > 0) return invocations
    return [invoke('copyRow', from, output, sizeOf(call.output.shape))]
  }

export const reductions: Readonly<Record<string, Lowering>> = {
  sum: reduction('sum'),
  max: reduction('max'),
}

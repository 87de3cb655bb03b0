import type { Shape } from '../../../graph/shape'
import { invoke, type Invocation } from '../invocation'
import type { Placement } from './lowering'

/** A copy from x to y over one index space: sizes and strides in elements, one entry an axis. */
interface Axis {
  readonly size: number
  readonly x: number
  readonly y: number
}

/** Axes of size 1 left out, and neighbours that run through both sides without a gap made one. */
function simplify(axes: readonly Axis[]): Axis[] {
  const simple: Axis[] = []
  for (const axis of axes) {
    const outer = simple.at(-1)
    if (axis.size === 1) continue
    if (outer && outer.x === axis.x * axis.size && outer.y === axis.y * axis.size)
      simple[simple.length - 1] = { size: outer.size * axis.size, x: axis.x, y: axis.y }
    else simple.push(axis)
  }
  return simple
}

const single: Axis = { size: 1, x: 0, y: 0 }

/**
 * The axis that makes the inner matrix's rows: the one that is contiguous in x, if it is not the last, so that blocks
 * can be turned over in registers; else the one before the last.
 */
function rowAxis(axes: readonly Axis[]): number {
  const contiguous = axes.findIndex((axis) => axis.x === 1)
  return contiguous >= 0 && contiguous < axes.length - 1 ? contiguous : axes.length - 2
}

/** Copies between two strided views of `shape` that begin at the addresses x and y. */
export function copyView(
  shape: Shape,
  x: { readonly address: number; readonly strides: readonly number[] },
  y: { readonly address: number; readonly strides: readonly number[] },
  place: Placement,
): Invocation {
  const axes = simplify(shape.map((size, i) => ({ size, x: x.strides[i]!, y: y.strides[i]! })))
  const columns = axes.at(-1) ?? { size: 1, x: 1, y: 1 }
  if (axes.length <= 1 && columns.x === 1 && columns.y === 1)
    return invoke('copyRow', x.address, y.address, columns.size)
  const chosen = rowAxis(axes)
  const rows = axes[chosen] ?? single
  const outer = axes.slice(0, -1).filter((_, i) => i !== chosen)
  const matrix = [rows.size, columns.size, rows.x, columns.x, rows.y, columns.y]
  if (outer.length === 0) return invoke('copyMatrix', x.address, y.address, ...matrix)
  const view = place.words([
    outer.length,
    ...outer.map((axis) => axis.size),
    ...outer.map((axis) => axis.x),
    ...outer.map((axis) => axis.y),
    ...matrix,
    ...outer.map(() => 0),
  ])
  return invoke('copyStrided', x.address, y.address, view)
}

import type { Numbers } from '../backends/backend'
import type { Matrix } from '../data/prepared'

/** Copies rows `order[from] .. order[from + count - 1]` of a matrix one after another into `target`. */
export function gatherRows(
  target: Numbers,
  matrix: Matrix,
  order: Uint32Array,
  from: number,
  count: number,
): void {
  const { width, values } = matrix
  let to = 0
  for (let i = from; i < from + count; i++) {
    const start = order[i]! * width
    for (let j = 0; j < width; j++) target[to++] = values[start + j]!
  }
}

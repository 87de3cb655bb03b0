import type { Tensor } from '../graph/graph'
import { constant, multiply, patches, reshape, sum } from '../graph/ops'
import { pooling } from './pooling'
import type { SpatialRank } from './images'
import { coverage, type PlacedWindows } from './windows'

/** The mean of what each window holds of the image; edges are not counted in, as in Keras. */
export const averagePooling = (rank: SpatialRank) =>
  pooling(rank, (x, windows) => multiply(totals(x, windows), shares(x, windows)))

/** [n, h, w, c] -> [n, rows, columns, c] */
function totals(x: Tensor, windows: PlacedWindows): Tensor {
  const [n, , , channels] = x.shape as [number, number, number, number]
  const { count, kernel } = windows
  const each = [n * count[0] * count[1], kernel[0] * kernel[1], channels]
  return reshape(sum(reshape(patches(x, windows, count), each), [1]), [n, ...count, channels])
}

/** One over how many numbers each window holds: one number where all hold as many, else [1, rows, columns, 1]. */
function shares(x: Tensor, windows: PlacedWindows): Tensor | number {
  const columns = coverage(1, x.shape[2]!, windows)
  const all = coverage(0, x.shape[1]!, windows).flatMap((down) => columns.map((along) => 1 / (down * along)))
  if (all.every((share) => share === all[0])) return all[0]!
  return constant(x.graph, all, [1, ...windows.count, 1])
}

import { roundUp } from '../../../graph/arena'
import type { Region } from '../../../graph/op'
import type { CountedWindows } from '../../../graph/plan'
import { sizeOf } from '../../../graph/shape'
import type { Placement } from './lowering'

/** Numbers that kernels may read or write behind the last. */
const AHEAD = 16

/** Numbers in one window of an image [n, h, w, c]. */
export const tapsOf = ({ kernel }: CountedWindows, image: Region): number => sizeOf(kernel) * image.shape[3]!

/** Rows or columns that windows cover, those beyond the edge included. */
const covered = ({ count, stride, kernel, dilation }: CountedWindows, axis: 0 | 1): number =>
  (count[axis] - 1) * stride[axis] + (kernel[axis] - 1) * dilation[axis] + 1

export interface Covering {
  /** The kernels' record, as far as all of them share it. */
  readonly words: readonly number[]
  /** Where there is room for so many `more` numbers. */
  readonly more: readonly number[]
}

/** The kernels' record of windows over images, with room for a covered image, for `spread` windows, and `more`. */
export function coveringOf(
  windows: CountedWindows,
  image: Region,
  place: Placement,
  { spread = 1, more = [] }: { readonly spread?: number; readonly more?: readonly number[] } = {},
): Covering {
  const { count, kernel, stride, dilation, before } = windows
  const [height, width] = [covered(windows, 0), covered(windows, 1)]
  const sizes = [height * width * image.shape[3]! + AHEAD, spread * tapsOf(windows, image) + AHEAD, ...more]
  const starts = sizes.map((_, i) => 4 * sizes.slice(0, i).reduce((sum, size) => sum + roundUp(size), 0))
  const start = place.workspace(4 * sizes.reduce((sum, size) => sum + roundUp(size), 0))
  const [covers, spreads, ...others] = starts.map((offset) => start + offset)
  const lie = [...image.shape, ...count, ...kernel, ...stride, ...dilation, ...before]
  return { words: [...lie, height, width, covers!, spreads!], more: others }
}

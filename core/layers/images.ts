import type { Tensor } from '../graph/graph'
import { LabError } from '../errors/lab-error'
import { reshape } from '../graph/ops'
import type { Shape } from '../graph/shape'

/**
 * How the lab lays out what has neighbours: images [height, width, channels] and sequences [length, channels], channels
 * last. That is Keras's layout (PyTorch puts channels first). It is chosen since a row of a window is then one piece of
 * memory, whatever the number of channels, and a convolution one matrix product whose result needs no turning over.
 * A sequence is treated as an image of height 1.
 */
export type SpatialRank = 1 | 2

/** [height, width, channels] */
export type ImageShape = readonly [number, number, number]

const expected: Record<SpatialRank, string> = {
  1: 'a sequence [length, channels]',
  2: 'an image [height, width, channels]',
}

/** The input of one row as an image. @throws LabError `layer-input` for a shape of another rank. */
export function imageOf(input: Shape, rank: SpatialRank): ImageShape {
  if (input.length === rank + 1) return (rank === 1 ? [1, ...input] : input) as unknown as ImageShape
  throw new LabError({
    code: 'layer-input',
    expected: expected[rank],
    came: `[${input.join(', ')}]`,
    advice: adviceFor(input, rank),
  })
}

/** Columns of a table become an image or a sequence through `reshape`; a list with a whole root may be a square. */
function adviceFor(input: Shape, rank: SpatialRank): string {
  const other = rank === 1 ? '2d' : '1d'
  if (input.length !== 1) return `Take the ${other} layer of the same name, or put a reshape layer before it.`
  const side = Math.sqrt(input[0]!)
  const shape = rank === 1 ? [input[0]!, 1] : Number.isInteger(side) ? [side, side, 1] : undefined
  const example = shape
    ? `{ "type": "reshape", "shape": [${shape.join(', ')}] }`
    : '"shape": [height, width, channels]'
  return `Put a reshape layer before it, such as ${example}.`
}

/** Axes of an image without the height that a sequence does not have. */
export const fromImage = (image: ImageShape, rank: SpatialRank): Shape => image.slice(2 - rank)

/** [batch, length, channels] or [batch, height, width, channels] -> [batch, height, width, channels] */
export const toImage = (x: Tensor, rank: SpatialRank): Tensor =>
  reshape(x, [x.shape[0]!, ...imageOf(x.shape.slice(1), rank)])

/** `toImage` the other way round. */
export const toInputRank = (x: Tensor, rank: SpatialRank): Tensor =>
  reshape(x, [x.shape[0]!, ...fromImage(x.shape.slice(1) as unknown as ImageShape, rank)])

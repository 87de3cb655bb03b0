import type { Tensor } from '../graph/graph'
import type { Shape } from '../graph/shape'
import { fromImage, imageOf, toImage, toInputRank, type SpatialRank } from './images'
import type { LayerKind } from './layer'
import { pairOf, placeWindows, type Padding, type PerAxis, type PlacedWindows } from './windows'

export type PoolConfig = {
  size: PerAxis
  /** 0 along an axis: the window's size. */
  stride: PerAxis
  padding: Padding
}

/** A pooling layer of sequences or images from what it does with the windows: [n, h, w, c] -> [n, rows, columns, c]. */
export function pooling(
  rank: SpatialRank,
  pool: (x: Tensor, windows: PlacedWindows) => Tensor,
): Pick<LayerKind<PoolConfig>, 'outputShape' | 'parameters' | 'build'> {
  return {
    outputShape: (config, input) =>
      fromImage([...windowsOf(config, input, rank).count, imageOf(input, rank)[2]], rank),
    parameters: () => [],
    build: ({ config, input }) =>
      toInputRank(pool(toImage(input, rank), windowsOf(config, input.shape.slice(1), rank)), rank),
  }
}

function windowsOf({ size, stride, padding }: PoolConfig, input: Shape, rank: SpatialRank): PlacedWindows {
  const [height, width] = imageOf(input, rank)
  const kernel = pairOf(size, rank)
  const [down, along] = pairOf(stride, rank)
  return placeWindows([height, width], {
    kernel,
    stride: [down || kernel[0], along || kernel[1]],
    dilation: [1, 1],
    padding,
  })
}

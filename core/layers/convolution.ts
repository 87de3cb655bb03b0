import { LabError } from '../errors/lab-error'
import type { Tensor } from '../graph/graph'
import { add, matmul, patches, reshape, transpose } from '../graph/ops'
import type { Shape } from '../graph/shape'
import { fromImage, imageOf, toImage, toInputRank, type SpatialRank } from './images'
import type { BuildContext, LayerKind, ParameterSpec } from './layer'
import { pairOf, placeWindows, type Padding, type PerAxis, type PlacedWindows } from './windows'

export type ConvolutionConfig = {
  filters: number
  kernel: PerAxis
  stride: PerAxis
  padding: Padding
  dilation: PerAxis
  groups: number
  bias: boolean
  initializer: string
}

/**
 * A convolution of sequences (rank 1) or images (rank 2): every window a row of a matrix, times the filters.
 * `weights` [kernel height, kernel width, channels / groups, filters] and `bias` [filters], as in Keras.
 */
export function convolution(
  rank: SpatialRank,
): Pick<LayerKind<ConvolutionConfig>, 'outputShape' | 'parameters' | 'build'> {
  return {
    outputShape: (config, input) =>
      fromImage([...windowsOf(config, input, rank).count, config.filters], rank),
    parameters: (config, input) => parametersOf(config, input, rank),
    build: (context) => toInputRank(convolve(context, rank), rank),
  }
}

/** @throws LabError when the input is no image, a window does not fit, or groups do not divide. */
function windowsOf(config: ConvolutionConfig, input: Shape, rank: SpatialRank): PlacedWindows {
  const [height, width, channels] = imageOf(input, rank)
  checkGroups(config, channels)
  return placeWindows([height, width], {
    kernel: pairOf(config.kernel, rank),
    stride: pairOf(config.stride, rank),
    dilation: pairOf(config.dilation, rank),
    padding: config.padding,
  })
}

function checkGroups({ groups, filters }: ConvolutionConfig, channels: number): void {
  if (channels % groups === 0 && filters % groups === 0) return
  throw new LabError({
    code: 'layer-groups',
    expected: `a number of groups that divides the ${channels} channels of the input and the ${filters} filters`,
    came: `${groups} groups`,
    advice: 'Take 1 group, or change filters or groups so that both divide without remainder.',
  })
}

function parametersOf(config: ConvolutionConfig, input: Shape, rank: SpatialRank): ParameterSpec[] {
  const { filters, groups, initializer } = config
  const kernel = pairOf(config.kernel, rank)
  const channels = imageOf(input, rank)[2] / groups
  const taps = kernel[0] * kernel[1]
  const fan = { fanIn: taps * channels, fanOut: taps * filters }
  const shape = [...kernel.slice(2 - rank), channels, filters]
  const weights = { name: 'weights', shape, initializer, ...fan, unitAxis: shape.length - 1 }
  return config.bias ? [weights, biasSpec(filters, fan)] : [weights]
}

/** `bias` [filters], which starts at 0. */
export const biasSpec = (filters: number, fan: { fanIn: number; fanOut: number }): ParameterSpec => ({
  name: 'bias',
  shape: [filters],
  initializer: 'zeros',
  ...fan,
})

/** -> [batch, rows, columns, filters] */
function convolve({ config, input, parameter }: BuildContext<ConvolutionConfig>, rank: SpatialRank): Tensor {
  const { filters, groups, bias } = config
  const x = toImage(input, rank)
  const windows = windowsOf(config, input.shape.slice(1), rank)
  const product =
    groups === 1
      ? multiplied(x, parameter('weights'), windows)
      : grouped(x, parameter('weights'), windows, groups)
  const shifted = bias ? add(product, parameter('bias')) : product
  return reshape(shifted, [x.shape[0]!, ...windows.count, filters])
}

/** Windows [batch · rows · columns, taps] times weights [taps, filters] */
function multiplied(x: Tensor, weights: Tensor, windows: PlacedWindows): Tensor {
  const filters = weights.shape.at(-1)!
  const taps = windows.kernel[0] * windows.kernel[1] * x.shape[3]!
  const matrix = reshape(patches(x, windows, windows.count), [rowsOf(x, windows), taps])
  return matmul(matrix, reshape(weights, [taps, filters]))
}

const rowsOf = (x: Tensor, { count }: PlacedWindows): number => x.shape[0]! * count[0] * count[1]

/** One product for each group, in a batch; the filters of a group are neighbours, as in Keras and PyTorch. */
function grouped(x: Tensor, weights: Tensor, windows: PlacedWindows, groups: number): Tensor {
  const [n, height, width, channels] = x.shape as [number, number, number, number]
  const own = channels / groups
  const filters = weights.shape.at(-1)!
  const taps = windows.kernel[0] * windows.kernel[1] * own
  const apart = transpose(reshape(x, [n * height * width, groups, own]), [1, 0, 2])
  const images = reshape(apart, [groups * n, height, width, own])
  const matrices = reshape(patches(images, windows, windows.count), [groups, rowsOf(x, windows), taps])
  const each = transpose(reshape(weights, [taps, groups, filters / groups]), [1, 0, 2])
  const together = transpose(matmul(matrices, each), [1, 0, 2])
  return reshape(together, [rowsOf(x, windows), filters])
}

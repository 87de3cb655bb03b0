import { z } from 'zod'
import type { Pair } from '../graph/op'
import type { Shape } from '../graph/shape'
import { add, foldPatches, matmul, reshape } from '../graph/ops'
import { initializerField } from './affine'
import { biasSpec } from './convolution'
import { imageOf } from './images'
import type { LayerKind } from './layer'
import { convolutionFields as fields } from './spatial-fields'
import { pairOf, placeWindows, spanOf, type PlacedWindows } from './windows'

const schema = z.strictObject({
  filters: fields.filters(),
  kernel: fields.kernel2d(),
  stride: fields.stride2d(),
  padding: fields.padding(),
  dilation: fields.dilation2d(),
  bias: fields.bias(),
  initializer: initializerField(),
})

type TransposeConfig = z.output<typeof schema>

/** The windows of the convolution that leads from the output to the input, and the output's size. */
function windowsOf(config: TransposeConfig, input: Shape): { windows: PlacedWindows; size: Pair } {
  const [height, width] = imageOf(input, 2)
  const [kernel, stride, dilation] = [config.kernel, config.stride, config.dilation].map((value) =>
    pairOf(value, 2),
  ) as [Pair, Pair, Pair]
  const along = (axis: 0 | 1, size: number): number => {
    const beyond = Math.max(spanOf(kernel[axis], dilation[axis]) - stride[axis], 0)
    return size * stride[axis] + (config.padding === 'valid' ? beyond : 0)
  }
  const size: Pair = [along(0, height), along(1, width)]
  return { windows: placeWindows(size, { kernel, stride, dilation, padding: config.padding }), size }
}

/**
 * [height, width, channels] -> [height · stride, width · stride, filters], with padding `valid` larger by what the kernel
 * reaches beyond. Weights [kernel height, kernel width, filters, channels], sizes and defaults as in Keras.
 */
export const conv2dTranspose: LayerKind<TransposeConfig> = {
  type: 'conv2d-transpose',
  order: 420,
  label: 'Transposed convolution 2-d',
  help: 'A convolution the other way round: every pixel stamps its filters onto a larger image. Take it with a stride of 2 to double the size with weights that learn.',
  group: 'Spatial',
  schema,
  formula: String.raw`Y_{a,b,f} = b_f + \sum_{\substack{i,u:\; s i + d u - p = a \\ j,v:\; s j + d v - q = b}} \sum_{c} W_{u,v,f,c}\, X_{i,j,c}`,
  source:
    'Dumoulin and Visin, “A guide to convolution arithmetic for deep learning”, arXiv 1603.07285, 2016, chapter 4; names, sizes and defaults as in Keras',
  outputShape: (config, input) => [...windowsOf(config, input).size, config.filters],
  parameters(config, input) {
    const { filters, initializer } = config
    const kernel = pairOf(config.kernel, 2)
    const channels = imageOf(input, 2)[2]
    const taps = kernel[0] * kernel[1]
    const fan = { fanIn: taps * channels, fanOut: taps * filters }
    const shape = [...kernel, filters, channels]
    const weights = { name: 'weights', shape, initializer, ...fan, unitAxis: 2 }
    return config.bias ? [weights, biasSpec(filters, fan)] : [weights]
  },
  build({ config, input, parameter }) {
    const { windows, size } = windowsOf(config, input.shape.slice(1))
    const { filters } = config
    const [n, height, width, channels] = input.shape as [number, number, number, number]
    const [kernelHeight, kernelWidth] = windows.kernel
    const weights = reshape(parameter('weights'), [kernelHeight * kernelWidth * filters, channels])
    const stamps = matmul(reshape(input, [n * height * width, channels]), weights, false, true)
    const spread = reshape(stamps, [n, height, width, kernelHeight, kernelWidth, filters])
    const image = foldPatches(spread, windows, size)
    return config.bias ? add(image, parameter('bias')) : image
  },
}

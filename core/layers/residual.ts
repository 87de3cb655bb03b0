import { z } from 'zod'
import { LabError } from '../errors/lab-error'
import type { Tensor } from '../graph/graph'
import type { Pair } from '../graph/op'
import { add, patches, reshape } from '../graph/ops'
import { sameShape, sizeOf, type Shape } from '../graph/shape'
import { initializerField } from './affine'
import { layerList } from './blocks'
import { toImage, toInputRank, type SpatialRank } from './images'
import type { LayerKind } from './layer'
import { project } from './project'
import { placeWindows } from './windows'

const schema = z.strictObject({
  layers: layerList()
    .default([{ type: 'dense' }])
    .meta({
      label: 'Layers',
      help: 'The layers that the block goes around.',
      advanced: true,
    }),
  initializer: initializerField(),
})

/** A shortcut whose shape is not its input's: every `stride`-th row and column is taken, then x W. */
interface Projection {
  readonly from: number
  readonly to: number
  /** Vertical, horizontal. */
  readonly stride: Pair
}

/**
 * What the shortcut needs; nothing where the shapes are the same. @throws LabError when none can help.
 * Source: He et al., section 3.3, option B: a convolution of 1 × 1 with the stride that the sizes tell.
 */
function projection(input: Shape, output: Shape): Projection | undefined {
  if (sameShape(input, output)) return undefined
  const [from, to] = [input.at(-1), output.at(-1)]
  const strides = stridesBetween(input.slice(0, -1), output.slice(0, -1))
  if (from !== undefined && to !== undefined && strides) return { from, to, stride: strides }
  throw new LabError({
    code: 'layer-shape',
    expected: `layers that keep [${input.join(', ')}], make its places fewer by a whole stride, or change its last number`,
    came: `[${output.join(', ')}]`,
    advice:
      'Change the layers inside the block: padding "same" keeps an image or a sequence, or shrinks it by the stride alone; output "all" keeps a recurrent layer’s steps.',
  })
}

/** Strides by which `before` has the places of `after`, up to two axes of them; nothing where there are none. */
function stridesBetween(before: Shape, after: Shape): Pair | undefined {
  if (before.length !== after.length) return undefined
  const strides = before.map((size, axis) => Math.ceil(size / after[axis]!))
  if (before.some((size, axis) => Math.ceil(size / strides[axis]!) !== after[axis])) return undefined
  if (before.length > 2) return strides.every((stride) => stride === 1) ? [1, 1] : undefined
  return [strides.at(-2) ?? 1, strides.at(-1) ?? 1]
}

/** Every `stride`-th place of a sequence or an image: [batch, ..., channels] -> [batch, ..., channels] */
function thinned(x: Tensor, stride: Pair): Tensor {
  if (sizeOf(stride) === 1) return x
  const rank: SpatialRank = x.shape.length === 3 ? 1 : 2
  const image = toImage(x, rank)
  const [batch, height, width, channels] = image.shape as [number, number, number, number]
  const windows = placeWindows([height, width], {
    kernel: [1, 1],
    stride,
    dilation: [1, 1],
    padding: 'valid',
  })
  const pixels = patches(image, windows, windows.count)
  return toInputRank(reshape(pixels, [batch, ...windows.count, channels]), rank)
}

/** [..., in] -> [..., out]; places may become fewer by a stride. */
export const residual: LayerKind<z.output<typeof schema>> = {
  type: 'residual',
  order: 600,
  label: 'Residual',
  help: 'Adds what its layers make to what came in, so that they need only learn the difference. Makes very deep stacks trainable.',
  group: 'Block',
  schema,
  formula: String.raw`y = F(x) + x, \quad \text{or } F(x) + x_{s i,\, t j}\, W \text{ where the shapes differ (strides } s, t)`,
  source:
    'He, Zhang, Ren, Sun, “Deep residual learning for image recognition”, CVPR 2016, equations 1 and 2, and section 3.3, option B',
  branches: ({ layers }) => [{ path: 'layers', name: '', layers }],
  outputShape(_config, input, [output] = [input]) {
    projection(input, output!)
    return output!
  },
  parameters({ initializer }, input, [output] = [input]) {
    const needed = projection(input, output!)
    if (!needed) return []
    const { from, to } = needed
    return [{ name: 'projection', shape: [from, to], initializer, fanIn: from, fanOut: to, unitAxis: 1 }]
  },
  build({ input, parameter, branch }) {
    const changed = branch(0, input)
    const needed = projection(input.shape.slice(1), changed.shape.slice(1))
    return add(changed, needed ? project(thinned(input, needed.stride), parameter('projection')) : input)
  },
}

import { z } from 'zod'
import { broadcast, reshape } from '../graph/ops'
import type { Shape } from '../graph/shape'
import { fromImage, imageOf, toImage, toInputRank, type SpatialRank } from './images'
import type { LayerKind } from './layer'
import { perAxisField } from './spatial-fields'
import { pairOf } from './windows'

const schema = z.strictObject({
  factor: perAxisField(64, 2, {
    label: 'Factor',
    help: 'How often each place is repeated: 2 doubles the size; 2, 3 is vertical, horizontal.',
  }),
})

/** Two axes are a sequence, all else is taken, or refused, as an image. */
const rankOf = (input: Shape): SpatialRank => (input.length === 2 ? 1 : 2)

/** [length, channels] -> [length · factor, channels], or both axes of an image. */
export const upSampling: LayerKind<z.output<typeof schema>> = {
  type: 'up-sampling',
  order: 490,
  label: 'Up-sampling',
  help: 'Makes a sequence or an image larger by repeating its places (nearest neighbour). Followed by a convolution it is the smooth way back from small to large.',
  group: 'Spatial',
  schema,
  formula: String.raw`y_{i,j,c} = x_{\lfloor i / r \rfloor,\, \lfloor j / s \rfloor,\, c}`,
  source:
    'Odena, Dumoulin, Olah, “Deconvolution and checkerboard artifacts”, Distill, 2016; as in Keras’s UpSampling1D and UpSampling2D with nearest interpolation',
  outputShape({ factor }, input) {
    const rank = rankOf(input)
    const [height, width, channels] = imageOf(input, rank)
    const [down, along] = pairOf(factor, rank)
    return fromImage([height * down, width * along, channels], rank)
  },
  parameters: () => [],
  build({ config, input }) {
    const rank = rankOf(input.shape.slice(1))
    const x = toImage(input, rank)
    const [n, height, width, channels] = x.shape as [number, number, number, number]
    const [down, along] = pairOf(config.factor, rank)
    const apart = reshape(x, [n, height, 1, width, 1, channels])
    const repeated = broadcast(apart, [n, height, down, width, along, channels])
    return toInputRank(reshape(repeated, [n, height * down, width * along, channels]), rank)
  },
}

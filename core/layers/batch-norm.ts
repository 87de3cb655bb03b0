import { z } from 'zod'
import type { Tensor } from '../graph/graph'
import { add, multiply, reshape } from '../graph/ops'
import { sizeOf } from '../graph/shape'
import { lastAxisOf } from './last-axis'
import type { BuildContext, LayerKind } from './layer'
import { affineField, epsilonField, moments, scaleAndShift, scaledAndShifted, standardize } from './moments'

const schema = z.strictObject({
  momentum: z.number().gt(0).max(1).default(0.1).meta({
    label: 'Momentum',
    help: 'Weight of each new batch in the running mean and variance that predictions use (as in PyTorch; Keras counts the other way round).',
  }),
  epsilon: epsilonField(),
  affine: affineField(),
})

type BatchNormConfig = z.output<typeof schema>

/** All axes but the last: batch and places. */
const rowAxes = (x: Tensor): number[] => x.shape.slice(0, -1).map((_, axis) => axis)

/**
 * The batch's own mean and variance. The running ones follow them, with the variance's unbiased estimate as in PyTorch;
 * one single number has no spread, so it leaves them alone.
 */
function batchMoments({ config, input, statistic, update }: BuildContext<BatchNormConfig>) {
  const { centre, variance } = moments(input, rowAxes(input))
  const channels = input.shape.at(-1)!
  const count = sizeOf(input.shape) / channels
  const follow = (name: string, value: Tensor, factor: number): void => {
    const old = multiply(statistic(name), 1 - config.momentum)
    update(name, add(old, multiply(reshape(value, [channels]), factor * config.momentum)))
  }
  if (count > 1) {
    follow('runningMean', centre, 1)
    follow('runningVariance', variance, count / (count - 1))
  }
  return { centre, variance }
}

/** [..., channels] -> the same shape; each channel over the batch and all places. */
export const batchNorm: LayerKind<BatchNormConfig> = {
  type: 'batch-norm',
  order: 200,
  label: 'Batch norm',
  help: 'Gives each unit or channel mean 0 and variance 1 over the batch, so that deep stacks train faster. Wants batches of 16 rows or more.',
  group: 'Normalization',
  schema,
  formula: String.raw`y = \gamma \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta, \quad \mu, \sigma^2 \text{ of the batch; running ones outside training: } r \leftarrow (1 - m)\, r + m\, \mu`,
  source:
    'Ioffe and Szegedy, “Batch normalization”, ICML 2015, algorithms 1 and 2; names, defaults and the unbiased running variance as in PyTorch’s BatchNorm',
  outputShape(_config, input) {
    lastAxisOf(input)
    return input
  },
  parameters: ({ affine }, input) => (affine ? scaleAndShift([lastAxisOf(input)]) : []),
  statistics: (_config, input) => [
    { name: 'runningMean', shape: [lastAxisOf(input)], initial: 0 },
    { name: 'runningVariance', shape: [lastAxisOf(input)], initial: 1 },
  ],
  build(context) {
    const { config, input, training, parameter, statistic } = context
    const { centre, variance } = training
      ? batchMoments(context)
      : { centre: statistic('runningMean'), variance: statistic('runningVariance') }
    const normal = standardize(input, centre, variance, config.epsilon)
    return config.affine ? scaledAndShifted(normal, parameter) : normal
  },
}

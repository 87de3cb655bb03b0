import type { z } from 'zod'
import { multiply } from '../graph/ops'
import { adam, adamSchema } from './adam'
import { weightDecayField } from './fields'
import type { UpdateOptimizer } from './optimizer'

const schema = adamSchema.extend({
  weightDecay: weightDecayField(
    0.01,
    'Share of the learning rate by which every parameter shrinks towards 0 in each step.',
  ),
})

/** The decay comes first and does not enter the running means; the rest of the step is Adam's. */
export const adamw: UpdateOptimizer<z.output<typeof schema>> = {
  type: 'adamw',
  order: 40,
  label: 'AdamW',
  help: 'Adam with weight decay of its own, which keeps weights small and often generalizes better. Take it when Adam overfits.',
  schema,
  formula: String.raw`x \leftarrow (1 - \lambda \omega)\, x, \quad \text{then Adam’s step: } x \leftarrow x - \lambda\, \hat m / (\sqrt{\hat v} + \epsilon)`,
  source:
    'Loshchilov and Hutter, “Decoupled weight decay regularization”, ICLR 2019, algorithm 2; in the form of PyTorch’s AdamW',
  slots: (config) => adam.slots(config),
  scalars: (config, step, learningRate) => ({
    ...adam.scalars(config, step, learningRate),
    keep: 1 - learningRate * config.weightDecay,
  }),
  update: (context) =>
    adam.update({
      ...context,
      config: { ...context.config, weightDecay: 0 },
      parameters: multiply(context.parameters, context.scalars.keep!),
    }),
}

import { z } from 'zod'
import type { Tensor } from '../graph/graph'
import { greater, multiply, where } from '../graph/ops'
import type { BuildContext, LayerKind } from './layer'

const schema = z.strictObject({
  rate: z.number().min(0).lt(1).default(0.5).meta({
    label: 'Rate',
    help: 'Share of the numbers that are set to 0 in each step of training; 0 turns it off.',
    changeable: true,
  }),
})

/** `rate` of the numbers become 0, the others are scaled up, so that evaluation needs no change ("inverted" dropout). */
export function dropped(x: Tensor, rate: number, random: BuildContext<never>['random']): Tensor {
  return rate === 0 ? x : where(greater(rate, random(x.shape)), 0, multiply(x, 1 / (1 - rate)))
}

/** [...] -> the same shape */
export const dropout: LayerKind<z.output<typeof schema>> = {
  type: 'dropout',
  order: 110,
  label: 'Dropout',
  help: 'Silences random units while training, so that none can rely on another. Take it when training data is fitted far better than validation data.',
  group: 'Regularization',
  schema,
  formula: String.raw`y = \begin{cases} 0 & u < p \\ \frac{x}{1 - p} & \text{else} \end{cases}, \quad u \sim U(0, 1); \qquad y = x \text{ outside training}`,
  source:
    'Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, “Dropout”, JMLR 15 (2014), section 4; scaled in training as in section 10',
  outputShape: (_config, input) => input,
  parameters: () => [],
  build: ({ config, input, training, random }) => (training ? dropped(input, config.rate, random) : input),
}

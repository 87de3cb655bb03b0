import { z } from 'zod'
import { affine, affineParameters, initializerField, widthOf } from './affine'
import type { LayerKind } from './layer'

const schema = z.strictObject({ initializer: initializerField() })

/** `units` is not a setting: the network fills it in from the target. */
type OutputConfig = z.output<typeof schema> & { units?: number }

function unitsOf({ units }: OutputConfig): number {
  if (units === undefined) throw new TypeError('the network must give the output layer its units')
  return units
}

/** [in] -> [units of the target], before the link that the loss chooses. */
export const output: LayerKind<OutputConfig> = {
  type: 'output',
  order: 1000,
  label: 'Output',
  help: 'The last dense layer: one unit for a number or a yes/no, one for each class otherwise, and one for each of several targets. Its width comes from the target, and what follows it from the loss.',
  group: 'Basic',
  fixed: true,
  schema,
  formula: String.raw`z = x W + b, \qquad \hat y = z,\ \sigma(z) \text{ or } \operatorname{softmax}(z)`,
  source:
    'Bishop, “Pattern Recognition and Machine Learning”, 2006, section 5.1 and, for the links, section 4.3.6',
  outputShape(config, input) {
    widthOf(input)
    return [unitsOf(config)]
  },
  parameters: (config, input) => affineParameters(input, unitsOf(config), true, config.initializer),
  build: (context) => affine(context, true),
}

import { z } from 'zod'
import type { Tensor } from '../graph/graph'
import { add, erf, multiply, square, tanh } from '../graph/ops'
import { activation } from './activation'

const schema = z.strictObject({
  approximation: z.enum(['none', 'tanh']).default('none').meta({
    label: 'Approximation',
    help: 'none is exact; tanh is the shorter formula that some published networks were trained with.',
    advanced: true,
  }),
})

/** 2 Φ(x), twice the normal distribution function, exactly or by its approximation. */
const doublePhi: Record<z.output<typeof schema>['approximation'], (x: Tensor) => Tensor> = {
  none: (x) => add(erf(multiply(x, Math.SQRT1_2)), 1),
  tanh: (x) => {
    const odd = multiply(x, add(multiply(square(x), 0.044715), 1))
    return add(tanh(multiply(odd, Math.sqrt(2 / Math.PI))), 1)
  },
}

export const gelu = activation<z.output<typeof schema>>({
  type: 'gelu',
  order: 60,
  label: 'GELU',
  help: 'Weighs each number by how likely a normal draw lies below it: a smooth ReLU. Common in transformers.',
  schema,
  formula: String.raw`y = x\, \Phi(x) = \tfrac{x}{2} \left( 1 + \operatorname{erf} \tfrac{x}{\sqrt{2}} \right) \approx \tfrac{x}{2} \left( 1 + \tanh \left( \sqrt{\tfrac{2}{\pi}}\, (x + 0.044715\, x^3) \right) \right)`,
  source: 'Hendrycks and Gimpel, “Gaussian error linear units (GELUs)”, arXiv 1606.08415, 2016, section 2',
  apply: (x, { approximation }) => multiply(multiply(x, 0.5), doublePhi[approximation](x)),
})

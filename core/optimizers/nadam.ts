import { z } from 'zod'
import { exp } from '../numerics/exp'
import { log } from '../numerics/log'
import { power } from '../numerics/power'
import { add, divide, multiply, sqrt, square, subtract } from '../graph/ops'
import { momentFields } from './adam'
import { coupledDecayField, decayedGradient, runningMean } from './fields'
import type { UpdateOptimizer } from './optimizer'

const schema = z.strictObject({
  ...momentFields(0.002),
  momentumDecay: z.number().min(0).max(1).default(0.004).meta({
    label: 'Momentum decay',
    help: 'How fast the momentum rises from half of beta 1 to all of it.',
    advanced: true,
  }),
  weightDecay: coupledDecayField(),
})

/**
 * μ of this step and the next, and the product of all μ up to this step. A product too small to change 1 - product is
 * not followed further, so that late steps cost no more than early ones.
 */
function momenta(beta1: number, momentumDecay: number, step: number) {
  const fall = exp(log(0.96) * momentumDecay)
  let [product, waning] = [1, 1]
  for (let i = 1; i <= step && product > 1e-30; i++) {
    waning *= fall
    product *= beta1 * (1 - 0.5 * waning)
  }
  const at = (t: number): number => beta1 * (1 - 0.5 * power(fall, t))
  return { mu: at(step), next: at(step + 1), product }
}

/** x moves along the gradient and along its running mean m, both over the same √v̂ + ε. */
export const nadam: UpdateOptimizer<z.output<typeof schema>> = {
  type: 'nadam',
  order: 32,
  label: 'NAdam',
  help: 'Adam that looks one step of momentum ahead, as Nesterov’s method does. Often a little faster than Adam.',
  schema,
  formula: String.raw`\begin{aligned} m &\leftarrow \beta_1 m + (1 - \beta_1)\, g, \quad v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2, \quad \mu_t = \beta_1 \left( 1 - \tfrac{1}{2}\, 0.96^{t \psi} \right) \\ x &\leftarrow x - \frac{\lambda}{\sqrt{\hat v} + \epsilon} \left( \frac{\mu_{t+1}\, m}{1 - \prod_{i=1}^{t+1} \mu_i} + \frac{(1 - \mu_t)\, g}{1 - \prod_{i=1}^{t} \mu_i} \right), \quad \hat v = \frac{v}{1 - \beta_2^t} \end{aligned}`,
  source:
    'Dozat, “Incorporating Nesterov momentum into Adam”, ICLR workshop 2016, algorithm 2; in the form and with the defaults of PyTorch’s NAdam',
  slots: () => ['m', 'v'],
  scalars: ({ beta1, beta2, momentumDecay }, step, learningRate) => {
    const { mu, next, product } = momenta(beta1, momentumDecay, step)
    return {
      gradientRate: (learningRate * (1 - mu)) / (1 - product),
      meanRate: (learningRate * next) / (1 - product * next),
      correction: 1 / Math.sqrt(1 - power(beta2, step)),
    }
  },
  update({ config, parameters: x, gradient, slots, scalars }) {
    const g = decayedGradient(gradient, x, config.weightDecay)
    const m = runningMean(slots.m!, config.beta1, g)
    const v = runningMean(slots.v!, config.beta2, square(g))
    const size = add(multiply(sqrt(v), scalars.correction!), config.epsilon)
    const move = add(multiply(g, scalars.gradientRate!), multiply(m, scalars.meanRate!))
    return { parameters: subtract(x, divide(move, size)), slots: { m, v } }
  },
}

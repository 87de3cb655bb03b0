import { z } from 'zod'
import { add, divide, multiply, sqrt, square, subtract } from '../graph/ops'
import { power } from '../numerics/power'
import { momentFields } from './adam'
import { coupledDecayField, decayedGradient, runningMean } from './fields'
import type { UpdateOptimizer } from './optimizer'

const schema = z.strictObject({ ...momentFields(0.001), weightDecay: coupledDecayField() })

/** The paper's r_t; 0 while too few gradients were seen for their variance to be known. */
function rectification(beta2: number, step: number): number {
  const last = 2 / (1 - beta2) - 1
  const decay = power(beta2, step)
  const rho = last - (2 * step * decay) / (1 - decay)
  if (rho <= 5) return 0
  return Math.sqrt(((rho - 4) * (rho - 2) * last) / ((last - 4) * (last - 2) * rho))
}

/** One of the two rates is 0: plain momentum at first, Adam's step times r_t after that. */
export const radam: UpdateOptimizer<z.output<typeof schema>> = {
  type: 'radam',
  order: 34,
  label: 'RAdam',
  help: 'Adam that trusts its own step sizes only once they are known well enough: a warm-up that needs no setting.',
  schema,
  formula: String.raw`\begin{aligned} m &\leftarrow \beta_1 m + (1 - \beta_1)\, g, \quad v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2, \quad \rho_t = \rho_\infty - \frac{2 t \beta_2^t}{1 - \beta_2^t}, \quad \rho_\infty = \frac{2}{1 - \beta_2} - 1 \\ x &\leftarrow x - \lambda\, \hat m \cdot \begin{cases} r_t \sqrt{1 - \beta_2^t} / (\sqrt{v} + \epsilon) & \rho_t > 5 \\ 1 & \text{else} \end{cases}, \quad r_t = \sqrt{\frac{(\rho_t - 4)(\rho_t - 2)\, \rho_\infty}{(\rho_\infty - 4)(\rho_\infty - 2)\, \rho_t}} \end{aligned}`,
  source:
    'Liu and others, “On the variance of the adaptive learning rate and beyond”, ICLR 2020, algorithm 2; threshold, ε and defaults as in PyTorch’s RAdam',
  slots: () => ['m', 'v'],
  scalars: ({ beta1, beta2 }, step, learningRate) => {
    const rate = learningRate / (1 - power(beta1, step))
    const r = rectification(beta2, step)
    return { plainRate: r === 0 ? rate : 0, scaledRate: rate * r * Math.sqrt(1 - power(beta2, step)) }
  },
  update({ config, parameters: x, gradient, slots, scalars }) {
    const g = decayedGradient(gradient, x, config.weightDecay)
    const m = runningMean(slots.m!, config.beta1, g)
    const v = runningMean(slots.v!, config.beta2, square(g))
    const scaled = divide(scalars.scaledRate!, add(sqrt(v), config.epsilon))
    return { parameters: subtract(x, multiply(m, add(scaled, scalars.plainRate!))), slots: { m, v } }
  },
}

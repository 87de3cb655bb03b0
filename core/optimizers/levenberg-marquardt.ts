import { z } from 'zod'
import { learningRateField } from './fields'
import { createLevenbergMarquardt } from './methods/levenberg-marquardt-method'
import type { FullBatchOptimizer } from './optimizer'

const factorField = (fallback: number, label: string, help: string) =>
  z.number().gt(0).max(1e15).default(fallback).meta({ label, help, advanced: true })

export const levenbergMarquardtSchema = z.strictObject({
  learningRate: learningRateField(1),
  damping: factorField(
    0.001,
    'First damping',
    'μ at the start: small is near Gauss-Newton, large near a short step downhill.',
  ),
  increase: z.number().gt(1).max(1e6).default(10).meta({
    label: 'Increase',
    help: 'Factor on μ after a step that made the loss worse.',
    advanced: true,
  }),
  decrease: z.number().gt(0).lt(1).default(0.1).meta({
    label: 'Decrease',
    help: 'Factor on μ after a step that made the loss better.',
    advanced: true,
  }),
  mostDamping: factorField(
    1e10,
    'Largest damping',
    'Training ends when no step up to this μ makes the loss better.',
  ),
})

export const levenbergMarquardt: FullBatchOptimizer<z.output<typeof levenbergMarquardtSchema>> = {
  type: 'levenberg-marquardt',
  order: 120,
  label: 'Levenberg-Marquardt',
  help: 'Solves for the step with the squared misses of all rows at once. Fits small networks to numbers in a few iterations; each epoch is one.',
  schema: levenbergMarquardtSchema,
  formula: String.raw`\begin{aligned} (J^\top J + \mu I)\, \delta &= -J^\top r, & r_i &= \hat y_i - y_i, \quad J_{ij} = \frac{\partial \hat y_i}{\partial x_j} \\ x &\leftarrow x + \lambda\, \delta \end{aligned}`,
  source:
    'Hagan and Menhaj, “Training feedforward networks with the Marquardt algorithm”, IEEE Transactions on Neural Networks 5 (1994), equation 17 and section III; names and factors as in MATLAB’s trainlm (mu, mu_inc, mu_dec, mu_max)',
  needsSquaredError: true,
  mostParameters: 2000,
  method: createLevenbergMarquardt,
}

import { z } from 'zod'
import { learningRateField } from './fields'
import { createLbfgs } from './methods/l-bfgs-method'
import type { FullBatchOptimizer } from './optimizer'

export const lBfgsSchema = z.strictObject({
  learningRate: learningRateField(1),
  history: z.number().int().min(1).max(1000).default(10).meta({
    label: 'History',
    help: 'Past iterations from which the curvature is guessed.',
    advanced: true,
  }),
  tolerance: z.number().min(0).max(1).default(1e-7).meta({
    label: 'Gradient tolerance',
    help: 'Training ends when no number of the gradient is larger than this.',
    advanced: true,
  }),
})

export const lBfgs: FullBatchOptimizer<z.output<typeof lBfgsSchema>> = {
  type: 'l-bfgs',
  order: 110,
  label: 'L-BFGS',
  help: 'Guesses the curvature from past gradients and searches along each direction for a good step. Each epoch is one iteration over all rows. Best for small tables and smooth networks.',
  schema: lBfgsSchema,
  formula: String.raw`\begin{aligned} d &= -H_k \nabla f(x), \quad s_k = x_{k+1} - x_k, \quad y_k = \nabla f(x_{k+1}) - \nabla f(x_k) \\ x &\leftarrow x + t\, d, \quad f(x + t d) \le f(x) + c_1 t\, d^\top \nabla f(x), \quad |d^\top \nabla f(x + t d)| \le c_2\, |d^\top \nabla f(x)| \end{aligned}`,
  source:
    'Nocedal and Wright, “Numerical Optimization”, 2nd edition, 2006, algorithms 7.4, 7.5, 3.5 and 3.6; names, first step and tolerances as in PyTorch’s LBFGS with line_search_fn="strong_wolfe"',
  needsSquaredError: false,
  method: createLbfgs,
}

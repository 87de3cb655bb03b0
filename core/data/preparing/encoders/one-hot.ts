import { z } from 'zod'
import type { LevelEncoder } from '../preparation'

export const oneHot: LevelEncoder = {
  type: 'one-hot',
  order: 40,
  label: 'One-hot',
  help: 'One input for each category: 1 where the row has it, 0 otherwise. The plain choice for few categories.',
  schema: z.strictObject({}),
  formula: String.raw`y_k = \begin{cases} 1 & x = c_k \\ 0 & \text{otherwise} \end{cases}`,
  source: 'scikit-learn’s OneHotEncoder, handle_unknown “ignore”',
  types: ['category'],
  takes: 'levels',
  found: z.strictObject({}),
  scaled: false,
  fit: () => ({}),
  inputNames: (column, _found, levels) => levels.map((level) => `${column} = ${level}`),
}

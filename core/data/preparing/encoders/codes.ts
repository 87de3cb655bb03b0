import { z } from 'zod'
import type { LevelEncoder } from '../preparation'

export const codes: LevelEncoder = {
  type: 'codes',
  order: 50,
  label: 'Codes',
  help: 'One input with the whole number of the category, for an embedding layer to look up; codes come before all other inputs. For many categories.',
  schema: z.strictObject({}),
  formula: String.raw`y = k \;\text{ for }\; x = c_k, \quad k = 0, 1, \dots`,
  source: 'Guo and Berkhahn, “Entity Embeddings of Categorical Variables”, 2016',
  types: ['category'],
  takes: 'levels',
  found: z.strictObject({}),
  scaled: false,
  first: true,
  fit: () => ({}),
  inputNames: (column) => [column],
  table: (_found, levels) => Float64Array.from({ length: levels.length + 1 }, (_, place) => place),
}

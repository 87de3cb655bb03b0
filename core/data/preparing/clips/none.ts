import { z } from 'zod'
import type { ClipKind } from '../preparation'

export const none: ClipKind = {
  type: 'none',
  order: 0,
  label: 'No limits',
  help: 'Values stay as they are, however far out.',
  schema: z.strictObject({}),
  formula: String.raw`x' = x`,
  source: 'The identity',
  types: ['number', 'date', 'boolean', 'category', 'text'],
  limits: () => ({ low: -Infinity, high: Infinity }),
}

import { z } from 'zod'
import type { ScaleKind } from '../preparation'

export const none: ScaleKind = {
  type: 'none',
  order: 0,
  label: 'As is',
  help: 'Numbers in their own unit. Large ones make training slow or unstable.',
  schema: z.strictObject({}),
  formula: String.raw`y = x`,
  source: 'The identity',
  types: ['number', 'boolean', 'date', 'category', 'text'],
  found: z.strictObject({}),
  forTarget: true,
  fit: () => ({}),
  straight: () => ({ offset: 0, factor: 1 }),
  apply: () => {},
  invert: () => {},
}

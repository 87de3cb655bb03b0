import { z } from 'zod'
import type { BaseType } from '../../table'
import type { ScaleKind } from '../preparation'

/** y = (x - offset) / factor */
export interface Linear extends Record<string, unknown> {
  readonly offset: number
  readonly factor: number
}

/** For an extent of 0 this is 1, so that a column without spread becomes 0. */
export const factorOf = (extent: number): number => (extent > 0 ? extent : 1)

/** What all scales have in common that shift and divide. */
export const linear = {
  schema: z.strictObject({}),
  types: ['number', 'boolean', 'date', 'category'] as readonly BaseType[],
  found: z.strictObject({ offset: z.number(), factor: z.number() }),
  forTarget: true,
  straight: (found) => found,
  apply: (values, count, { offset, factor }) => {
    for (let i = 0; i < count; i++) values[i] = (values[i]! - offset) / factor
  },
  invert: (values, count, { offset, factor }) => {
    for (let i = 0; i < count; i++) values[i] = values[i]! * factor + offset
  },
} satisfies Partial<ScaleKind<Record<string, unknown>, Linear>>

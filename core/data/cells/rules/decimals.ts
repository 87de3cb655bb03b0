import { z } from 'zod'
import { parseNumber } from '../number'
import type { ReadingKind } from './reading-kind'
import { writeNumber } from './write-number'

export const decimals: ReadingKind<'both'> = {
  type: 'decimals',
  order: 20,
  label: 'Both decimal marks',
  help: 'Numbers with a point and numbers with a comma before their decimals are read side by side; the last mark of a cell is the decimal one.',
  setting: z.enum(['both']),
  schema: z.strictObject({}),
  formula: String.raw`\text{1.5} = \text{1,5} = \tfrac{3}{2}`,
  source:
    'Both marks are in use by Resolution 10 of the 22nd General Conference on Weights and Measures, 2003',
  forNumbers: true,
  rewriter: (_both, marks) => (cell) => writeNumber(readEither(cell), cell, marks),
  words: () => 'a point or a comma before decimals',
  toForm: () => ({}),
  fromForm: () => 'both',
  propose: () => 'both',
}

/** A number with a point or a comma before its decimals: the last mark of a cell is the decimal one, unless it occurs more than once. */
export function readEither(cell: string): number {
  for (const thousands of ['', undefined] as const)
    for (const decimal of ['.', ','] as const) {
      const value = parseNumber(cell, decimal, thousands)
      if (!Number.isNaN(value)) return value
    }
  return NaN
}

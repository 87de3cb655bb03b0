import { z } from 'zod'
import { parseNumber, type NumberMarks } from '../number'
import type { ReadingKind, WrittenCell } from './reading-kind'

interface Limits {
  readonly low?: number | undefined
  readonly high?: number | undefined
}

interface LimitsForm extends Record<string, unknown> {
  readonly keep: 'between' | 'above' | 'below'
  readonly low: number
  readonly high: number
}

const bound = 1e15
const limit = (label: string, help: string, otherwise: number) =>
  z.number().min(-bound).max(bound).default(otherwise).meta({ label, help })

export const within: ReadingKind<Limits, LimitsForm> = {
  type: 'within',
  order: 40,
  label: 'Limits',
  help: 'Numbers beyond limits count as missing: values that cannot be true, such as an age of 999.',
  setting: z.strictObject({ low: z.number().optional(), high: z.number().optional() }),
  schema: z.strictObject({
    keep: z.enum(['between', 'above', 'below']).default('between').meta({
      label: 'Numbers stay that are',
      help: 'Between both limits, above the lower one alone, or below the upper one alone; the limits belong to them.',
    }),
    low: limit('Lower limit', 'Numbers below it count as missing; without effect for “below”.', 0),
    high: limit('Upper limit', 'Numbers above it count as missing; without effect for “above”.', 1),
  }),
  formula: String.raw`x' = \begin{cases} x & l \le x \le h \\ \text{missing} & \text{else} \end{cases}`,
  source: 'As between and where of a pandas Series (McKinney, SciPy 2010)',
  forNumbers: true,
  number: ({ low = -Infinity, high = Infinity }) => {
    return (value) => (value < low || value > high ? NaN : value)
  },
  words: (limits) => `numbers ${beyond(limits)} are missing`,
  toForm: ({ low, high }) => ({
    keep: low === undefined ? 'below' : high === undefined ? 'above' : 'between',
    low: low ?? 0,
    high: high ?? Math.max(1, low ?? 0),
  }),
  fromForm: ({ keep, low, high }) => ({
    ...(keep !== 'below' && { low }),
    ...(keep !== 'above' && { high }),
  }),
  propose: (cells, marks) => rangeOf(cells, marks),
}

function beyond({ low, high }: Limits): string {
  const short = (value: number): string => String(Number(value.toPrecision(6)))
  if (low === undefined) return `above ${short(high ?? Infinity)}`
  return high === undefined ? `below ${short(low)}` : `beyond ${short(low)} to ${short(high)}`
}

/** From the least to the greatest number of the cells: nothing is left out until a limit is moved. */
function rangeOf(cells: readonly WrittenCell[], { decimal, thousands }: NumberMarks): Limits {
  const numbers = cells
    .map(({ cell }) => parseNumber(cell, decimal, thousands))
    .filter((value) => Number.isFinite(value))
  if (numbers.length === 0) return { low: 0, high: 1 }
  return { low: Math.min(...numbers), high: Math.max(...numbers) }
}

import { z } from 'zod'
import type { NumberEncoder } from '../preparation'
import { calendarOf } from './calendar'

const names = ['year', 'month', 'day', 'weekday', 'hour'] as const
type Part = (typeof names)[number]

interface Parts extends Record<string, unknown> {
  readonly parts: readonly Part[] | 'auto'
}

interface Found extends Record<string, unknown> {
  readonly parts: readonly Part[]
}

export const parts: NumberEncoder<Parts, Found> = {
  type: 'parts',
  order: 30,
  label: 'Parts',
  help: 'Year, month, day of the month, weekday (1 is Monday) and hour, each a number of its own and scaled. Easy to read; but December and January are far apart.',
  schema: z.strictObject({
    parts: z
      .union([z.literal('auto'), z.array(z.enum(names)).min(1)])
      .default('auto')
      .meta({
        label: 'Parts',
        help: 'auto: those that differ among the training rows; or a list of year, month, day, weekday, hour.',
      }),
  }),
  formula: String.raw`y = (\text{year}, \text{month}, \text{day}, \text{weekday}, \text{hour})`,
  source: 'ISO 8601: the Gregorian calendar, weeks from Monday',
  types: ['date'],
  takes: 'numbers',
  found: z.strictObject({ parts: z.array(z.enum(names)) }),
  scaled: true,
  fit: (values, { parts }) => ({ parts: parts === 'auto' ? differing(values) : [...new Set(parts)] }),
  inputNames: (column, { parts }) => parts.map((part) => `${column}: ${part}`),
  encode: (values, count, { parts }, out) => {
    for (let i = 0, to = 0; i < count; i++) {
      const at = calendarOf(values[i]!)
      for (const part of parts) out[to++] = at[part]
    }
  },
}

function differing(values: Float64Array): Part[] {
  const first = calendarOf(values[0] ?? 0)
  const found = new Set<Part>()
  for (const value of values) {
    const at = calendarOf(value)
    for (const part of names) if (at[part] !== first[part]) found.add(part)
  }
  return found.size ? names.filter((part) => found.has(part)) : ['year']
}

import { z } from 'zod'
import { cos } from '../../../numerics/cos'
import type { NumberEncoder } from '../preparation'
import { calendarOf, type Calendar } from './calendar'

const names = ['year', 'month', 'week', 'day'] as const
type Cycle = (typeof names)[number]

interface Cyclic extends Record<string, unknown> {
  readonly cycles: readonly Cycle[] | 'auto'
}

interface Cycles extends Record<string, unknown> {
  readonly cycles: readonly Cycle[]
}

/** How far each cycle has got, from 0 to 1. */
const phases: Record<Cycle, (at: Calendar) => number> = {
  year: ({ ofYear }) => ofYear,
  month: ({ month }) => (month - 1) / 12,
  week: ({ weekday }) => (weekday - 1) / 7,
  day: ({ ofDay }) => ofDay,
}

const labels: Record<Cycle, string> = { year: 'day of year', month: 'month', week: 'weekday', day: 'time' }

export const cyclic: NumberEncoder<Cyclic, Cycles> = {
  type: 'cyclic',
  order: 20,
  label: 'Cycles',
  help: 'Sine and cosine of where a date stands in the year, the months, the week and the day, so that December lies beside January and 23:00 beside midnight. Says nothing of which year it was.',
  schema: z.strictObject({
    cycles: z
      .union([z.literal('auto'), z.array(z.enum(names)).min(1)])
      .default('auto')
      .meta({
        label: 'Cycles',
        help: 'auto: those that the training rows pass through; or a list of year, month, week, day.',
      }),
  }),
  formula: String.raw`y = \left( \sin 2\pi p,\; \cos 2\pi p \right), \quad p \in [0, 1) \text{ of each cycle}`,
  source: 'Mardia and Jupp, “Directional Statistics”, 2000, section 2.2',
  types: ['date'],
  takes: 'numbers',
  found: z.strictObject({ cycles: z.array(z.enum(names)) }),
  scaled: false,
  fit: (values, { cycles }) => ({ cycles: cycles === 'auto' ? passed(values) : [...new Set(cycles)] }),
  inputNames: (column, { cycles }) =>
    cycles.flatMap((cycle) => [
      `${column}: sine of ${labels[cycle]}`,
      `${column}: cosine of ${labels[cycle]}`,
    ]),
  encode: (values, count, { cycles }, out) => {
    for (let i = 0, to = 0; i < count; i++) {
      const at = calendarOf(values[i]!)
      for (const cycle of cycles) {
        const phase = phases[cycle](at)
        out[to++] = cos(2 * Math.PI * (phase - 0.25))
        out[to++] = cos(2 * Math.PI * phase)
      }
    }
  },
}

/** Cycles of which the days see enough; the year stands for the months too, unless all days are the first of one. */
function passed(values: Float64Array): Cycle[] {
  let [low, high, monthly, timed] = [Infinity, -Infinity, true, false]
  const weekdays = new Set<number>()
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
    const { day, weekday, ofDay } = calendarOf(value)
    monthly &&= day === 1
    timed ||= ofDay > 0
    weekdays.add(weekday)
  }
  const found: Cycle[] = []
  if (high - low >= 60) found.push(monthly ? 'month' : 'year')
  if (weekdays.size > 1 && !monthly) found.push('week')
  if (timed) found.push('day')
  return found.length ? found : ['year']
}

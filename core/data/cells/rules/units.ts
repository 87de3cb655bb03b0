import { z } from 'zod'
import type { NumberMarks } from '../number'
import { conversion, splitUnit } from '../unit'
import { listed } from './listed'
import type { ReadingKind, WrittenCell } from './reading-kind'
import { writeNumber } from './write-number'

type Conversion = number | { readonly times: number; readonly plus: number }
type Units = Readonly<Record<string, Conversion>>

interface UnitsForm extends Record<string, unknown> {
  readonly units: readonly { readonly unit: string; readonly times: number; readonly plus: number }[]
}

const bound = 1e15
const factor = (label: string, help: string, otherwise: number) =>
  z.number().min(-bound).max(bound).default(otherwise).meta({ label, help })

/** Measurements whose cells carry their unit, or several, as numbers in one. */
export const units: ReadingKind<Units, UnitsForm> = {
  type: 'units',
  order: 30,
  label: 'Numbers with units',
  help: 'Numbers with a unit behind them are read as numbers in one unit: each unit says by what its numbers are multiplied, and what is added then.',
  setting: z.record(
    z.string(),
    z.union([z.number(), z.strictObject({ times: z.number(), plus: z.number() })], {
      error: 'a factor, or an object such as { "times": 1.8, "plus": 32 }',
    }),
  ),
  schema: z.strictObject({
    units: z
      .array(
        z.strictObject({
          unit: z.string().default('').meta({
            label: 'Unit',
            help: 'As it stands behind the number; nothing for numbers without one.',
          }),
          times: factor('Times', 'By what the number is multiplied.', 1),
          plus: factor('Plus', 'What is added then, as between °F and °C.', 0),
        }),
      )
      .default([])
      .meta({ label: 'Units', help: 'Each unit of the column, and how it becomes the one unit of all.' }),
  }),
  formula: String.raw`x' = a_u\, x + b_u`,
  source: 'The International System of Units, 9th edition, 2019',
  forNumbers: true,
  rewriter: (rule, marks) => (cell) => withoutUnit(cell, rule, marks),
  words: (rule) => `numbers without their unit: ${listed(Object.keys(rule).map((unit) => unit || 'none'))}`,
  toForm: (rule) => ({
    units: Object.entries(rule).map(([unit, made]) => ({ unit, ...both(made) })),
  }),
  fromForm: (form) => {
    const rule = form.units.map(({ unit, times, plus }) => [unit.trim(), shortest({ times, plus })] as const)
    return rule.length > 0 ? Object.fromEntries(rule) : undefined
  },
  propose: (cells, marks) => {
    const all = unitsIn(cells, marks)
    return toMainUnit(all.find((unit) => unit !== '') ?? '', all)
  },
}

const both = (made: Conversion) => (typeof made === 'number' ? { times: made, plus: 0 } : made)
const shortest = (made: { times: number; plus: number }): Conversion => (made.plus === 0 ? made.times : made)

function withoutUnit(cell: string, rule: Units, marks: NumberMarks): string {
  const found = splitUnit(cell, marks)
  const unit = found && Object.hasOwn(rule, found.unit) ? rule[found.unit] : undefined
  if (!found || unit === undefined) return cell
  const { times, plus } = both(unit)
  return writeNumber(found.value * times + plus, cell, marks)
}

/** The units of the cells, the most frequent first; '' for numbers without one. */
function unitsIn(cells: readonly WrittenCell[], marks: NumberMarks): string[] {
  const rowsWith = new Map<string, number>()
  for (const { cell, rows } of cells) {
    const unit = splitUnit(cell, marks)?.unit
    if (unit !== undefined) rowsWith.set(unit, (rowsWith.get(unit) ?? 0) + rows)
  }
  return [...rowsWith].sort((a, b) => b[1] - a[1]).map(([unit]) => unit)
}

/** What brings units to the main one; a number without a unit is taken to be in it. Units that nobody can convert are left out. */
export function toMainUnit(main: string, all: readonly string[]): Units {
  const known = all.flatMap((unit) => {
    const made = unit === '' ? { times: 1, plus: 0 } : conversion(unit, main)
    return made ? [[unit, shortest(made)] as const] : []
  })
  return Object.fromEntries(known)
}

import { z } from 'zod'
import { isCoded } from '../../table'
import type { LevelEncoder } from '../preparation'

interface Ordinal extends Record<string, unknown> {
  readonly order: readonly string[]
}

interface Places extends Record<string, unknown> {
  /** One for each level. */
  readonly places: readonly number[]
}

export const ordinal: LevelEncoder<Ordinal, Places> = {
  type: 'ordinal',
  order: 60,
  label: 'In order',
  help: 'One input: the place of the category in an order, from 0, then scaled. For sizes, grades and answers from never to always. A category never seen gets the middle.',
  schema: z.strictObject({
    order: z.array(z.string()).default([]).meta({
      label: 'Order',
      help: 'All categories from lowest to highest. Empty: by number where all begin with one, otherwise by letter.',
    }),
  }),
  formula: String.raw`y = k \;\text{ for }\; x = c_k, \quad c_0 < c_1 < \dots`,
  source: 'scikit-learn’s OrdinalEncoder',
  types: ['category'],
  takes: 'levels',
  found: z.strictObject({ places: z.array(z.number()) }),
  scaled: true,
  misfit: (column, { order }) => {
    const stranger =
      isCoded(column) && order.length ? column.levels.find((level) => !order.includes(level)) : undefined
    if (stranger === undefined) return undefined
    return {
      expected: 'an order that names every category of the column',
      came: `an order without "${stranger}"`,
      advice: 'Add it where it belongs, or leave the order empty.',
    }
  },
  fit: ({ levels }, { order }) => {
    const sorted = order.length ? order : inOrder(levels)
    const ranks = new Map(sorted.map((level, rank) => [level, rank]))
    return { places: levels.map((level) => ranks.get(level) ?? middleOf(sorted.length)) }
  },
  inputNames: (column) => [column],
  table: ({ places }) => {
    const middle = middleOf(Math.max(-1, ...places) + 1)
    return Float64Array.from([...places, middle])
  },
}

const middleOf = (count: number): number => Math.max(0, (count - 1) / 2)

/** By the number that they begin with, such as 5 of "5-9 years", if all do; otherwise as the table sorts them. */
function inOrder(levels: readonly string[]): readonly string[] {
  const numbers = new Map(levels.map((level) => [level, parseFloat(level.replace(/^\D{0,2}(?=\d)/, ''))]))
  if ([...numbers.values()].some(Number.isNaN)) return levels
  return [...levels].sort((a, b) => numbers.get(a)! - numbers.get(b)!)
}

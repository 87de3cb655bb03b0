import { z } from 'zod'
import { listed } from './listed'
import type { ReadingKind, WrittenCell } from './reading-kind'

type Pairs = Readonly<Record<string, string>>

interface PairsForm extends Record<string, unknown> {
  readonly pairs: readonly { readonly from: string; readonly to: string }[]
}

/** Single cells by what they mean; most tables have a few that somebody wrote otherwise. */
export const replace: ReadingKind<Pairs, PairsForm> = {
  type: 'replace',
  order: 10,
  label: 'Replace cells',
  help: 'Cells that are written in one way and mean another: spellings of one category, or marks that stand for missing.',
  setting: z.record(z.string(), z.string()),
  schema: z.strictObject({
    pairs: z
      .array(
        z.strictObject({
          from: z
            .string()
            .default('')
            .meta({ label: 'Written', help: 'The whole cell, without spaces around it.' }),
          to: z
            .string()
            .default('')
            .meta({ label: 'Read as', help: 'What the cell means; nothing for a missing cell.' }),
        }),
      )
      .default([])
      .meta({ label: 'Cells', help: 'Each cell that is written so is read as what stands beside it.' }),
  }),
  formula: String.raw`x' = \begin{cases} r(x) & x \in W \\ x & \text{else} \end{cases}`,
  source: 'As replace of a pandas Series, with a dictionary (McKinney, SciPy 2010)',
  forNumbers: false,
  rewriter: (pairs) => {
    const replaced = new Map(Object.entries(pairs))
    return (cell) => replaced.get(cell.trim()) ?? cell
  },
  words: (pairs) =>
    listed(
      Object.entries(pairs).map(([from, to]) =>
        to === '' ? `“${from}” is missing` : `“${from}” is “${to}”`,
      ),
    ),
  toForm: (pairs) => ({ pairs: Object.entries(pairs).map(([from, to]) => ({ from, to })) }),
  fromForm: ({ pairs }) => {
    const said = pairs.map(({ from, to }) => [from.trim(), to.trim()] as const)
    const meant = said.filter(([from, to]) => from !== '' && from !== to)
    return meant.length > 0 ? Object.fromEntries(meant) : undefined
  },
  propose: (cells) => spellings(cells),
}

/** Cells that differ from a more frequent one only in case or in spaces. */
function spellings(cells: readonly WrittenCell[]): Pairs {
  const first = new Map<string, string>()
  const pairs: Record<string, string> = {}
  for (const { cell } of cells) {
    const key = cell.toLowerCase().replace(/\s+/g, ' ')
    const main = first.get(key)
    if (main === undefined) first.set(key, cell)
    else pairs[cell] = main
  }
  return pairs
}

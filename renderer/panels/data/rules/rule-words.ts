import type { ColumnSettings } from '../../../../core/experiment/schema'

type Reading = NonNullable<ColumnSettings['reading']>
export type RuleName = keyof Reading

export interface ShownRule {
  readonly column: string
  readonly rule: RuleName
  readonly text: string
}

const shown = 4

function listed(words: readonly string[]): string {
  const more = words.length - shown
  return more > 0 ? `${words.slice(0, shown).join(', ')} and ${more} more` : words.join(', ')
}

const limits = ({ low, high }: NonNullable<Reading['within']>): string => {
  const short = (value: number): string => String(Number(value.toPrecision(6)))
  if (low === undefined) return `above ${short(high ?? Infinity)}`
  return high === undefined ? `below ${short(low)}` : `beyond ${short(low)} to ${short(high)}`
}

/** A rule for a column's cells, as a person reads it. */
const words: { readonly [R in RuleName]: (rule: NonNullable<Reading[R]>) => string } = {
  replace: (pairs) =>
    listed(
      Object.entries(pairs).map(([from, to]) =>
        to === '' ? `“${from}” is missing` : `“${from}” is “${to}”`,
      ),
    ),
  decimals: () => 'a point or a comma before decimals',
  units: (units) => `numbers without their unit: ${listed(Object.keys(units).map((unit) => unit || 'none'))}`,
  within: (range) => `numbers ${limits(range)} are missing`,
}

const wordsOf = <R extends RuleName>(rule: R, reading: Reading): string | undefined => {
  const set = reading[rule]
  return set === undefined ? undefined : words[rule](set)
}

/** All rules of an experiment's columns, in the order in which they are taken. */
export const rulesOf = (columns: Readonly<Record<string, ColumnSettings>>): ShownRule[] =>
  Object.entries(columns).flatMap(([column, { reading = {} }]) =>
    (Object.keys(words) as RuleName[]).flatMap((rule) => {
      const text = wordsOf(rule, reading)
      return text === undefined ? [] : [{ column, rule, text }]
    }),
  )

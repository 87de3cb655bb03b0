import type { RuleName } from '../../../../core/data/cells/rewrite'
import { readings } from '../../../../core/data/cells/rules/registry'
import type { ColumnSettings } from '../../../../core/experiment/schema'

export interface ShownRule {
  readonly column: string
  readonly rule: RuleName
  readonly text: string
}

/** All rules of an experiment's columns, in the order in which they are taken, as a person reads them. */
export const rulesOf = (columns: Readonly<Record<string, ColumnSettings>>): ShownRule[] =>
  Object.entries(columns).flatMap(([column, { reading = {} }]) =>
    readings.list.flatMap((kind) => {
      const rule = kind.type as RuleName
      const set = reading[rule]
      return set === undefined ? [] : [{ column, rule, text: kind.words(set) }]
    }),
  )

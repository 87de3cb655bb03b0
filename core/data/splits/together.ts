import type { Experiment, SplitSettings } from '../../experiment/schema'
import type { ResolvedColumn } from '../columns'
import { groupRows } from '../group-rows'

type Settings = Pick<Experiment['data'], 'repeats' | 'split'>

/** Splits by chance tear rows with the same features apart, unless told not to; the others have an order of their own. */
const byChance: ReadonlySet<SplitSettings['strategy']> = new Set(['random', 'stratified'])

export const canStayTogether = ({ split }: Pick<Settings, 'split'>): boolean => byChance.has(split.strategy)

/** Whether rows with the same features shall all be in one split. */
export const staysTogether = (data: Settings): boolean => data.repeats === 'together' && canStayTogether(data)

/** The split that is made: rows that stay together are shared out as groups. */
export const splitOf = (data: Settings): SplitSettings =>
  staysTogether(data) ? { ...data.split, strategy: 'grouped' } : data.split

/** For each of the rows a number that it shares with those of the same features. */
export const togetherKeys = (features: readonly ResolvedColumn[], rows: Uint32Array): Float64Array =>
  Float64Array.from(
    groupRows(
      features.map(({ column }) => column),
      rows,
    ),
  )

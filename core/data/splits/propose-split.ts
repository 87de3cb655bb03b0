import type { SplitSettings } from '../../experiment/schema'
import { countDistinct, isTimeline, type ProposedRole } from '../roles'
import { isCoded, type Column, type ColumnType, type Table } from '../table'
import { commonMark } from './marker'

/** What a new experiment's split goes by, as the table suggests: at most one column, and the reason for it. */
export interface ProposedSplit {
  readonly strategy: SplitSettings['strategy']
  /** Roles of columns that are no features, by name. */
  readonly roles: ReadonlyMap<string, ProposedRole>
}

type Guess = (
  table: Table,
  others: readonly Column[],
) => { column: Column; proposed: ProposedRole } | undefined

/**
 * A published split first, then rows in order of time (for a target of numbers: between days that were learned, the days
 * are half known), then persons or things that come more than once; else stratified, or random for numbers.
 */
export function proposeSplit(table: Table, targets: readonly string[], type: ColumnType): ProposedSplit {
  const roles = guessSplitRoles(table, targets)
  const found = new Set([...roles.values()].map(({ role }) => role))
  const usual = type === 'number' ? 'random' : 'stratified'
  const strategy = found.has('split')
    ? 'marker'
    : found.has('time') && type === 'number'
      ? 'time'
      : found.has('group')
        ? 'grouped'
        : usual
  return { strategy, roles }
}

/** Columns that a split could go by, with the reason for each. */
export function guessSplitRoles(table: Table, targets: readonly string[]): Map<string, ProposedRole> {
  const others = table.columns.filter(({ name }) => !targets.includes(name))
  const found = [guessMarker, guessTime, guessGroup].flatMap((guess) => guess(table, others) ?? [])
  return new Map(found.map(({ column, proposed }) => [column.name, proposed]))
}

const markerName = /^(split|set|subset|partition|usage|data[\s_.-]?set|data[\s_.-]?split)$/i

const guessMarker: Guess = (_table, columns) => {
  const column = columns.find(
    (each) => markerName.test(each.name) && isCoded(each) && saysSplits(each.levels),
  )
  return (
    column && {
      column,
      proposed: { role: 'split', reason: 'Its words say which rows train and which test.' },
    }
  )
}

function saysSplits(levels: readonly string[]): boolean {
  const marks = new Set(levels.map(commonMark))
  return marks.size > 1 && marks.has('train') && !marks.has(undefined)
}

const guessTime: Guess = (_table, columns) => {
  const column = columns.find(isTimeline)
  return column && { column, proposed: { role: 'time', reason: timeReason } }
}
const timeReason =
  'Gives the order of time: its dates rise from row to row, so later rows lie beyond all that was learned.'

const whose =
  /^(patient|subject|participant|person|user|customer|client|student|household|animal|device|machine|session)([\s_.-]?(id|nr|no|num|number|code|key|name))?$/i

/** As many different ones as this, with as many rows each on average, make a column of groups. */
const fewestGroups = 6
const fewestRows = 2

const guessGroup: Guess = ({ rowCount }, columns) => {
  const column = columns.find((each) => {
    if (!whose.test(each.name) || each.type === 'boolean' || each.type === 'date') return false
    const groups = countDistinct(each)
    return groups >= fewestGroups && groups * fewestRows <= rowCount
  })
  if (!column) return undefined
  const groups = countDistinct(column).toLocaleString('en')
  const reason = `Keeps rows together: ${groups} different ones in ${rowCount.toLocaleString('en')} rows; one that is trained on must not be tested on.`
  return { column, proposed: { role: 'group', reason } }
}

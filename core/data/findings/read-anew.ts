import type { ColumnSettings } from '../../experiment/schema'
import type { Fix } from './fix'
import type { TableScene } from './scene'

type Reading = NonNullable<ColumnSettings['reading']>

/** The change that reads a column's cells by further rules, and what else it says of the column; rules that are there stay. */
export function readAnew(
  scene: Pick<TableScene, 'data'>,
  column: string,
  reading: Reading,
  settings: ColumnSettings = {},
): Fix['change'] {
  const before = scene.data.columns[column]?.reading ?? {}
  const replace = { ...throughBoth(before.replace, reading.replace), ...reading.replace }
  const both = { ...before, ...reading, ...(Object.keys(replace).length > 0 && { replace }) }
  return { columns: { [column]: { ...settings, reading: both } } }
}

/** What an earlier rule made of a cell may be what a later one is for. */
const throughBoth = (
  before: Readonly<Record<string, string>> = {},
  after: Readonly<Record<string, string>> = {},
): Record<string, string> =>
  Object.fromEntries(Object.entries(before).map(([from, to]) => [from, after[to] ?? to]))

/** Settings that make a column of words one of numbers; what was left out as free text takes part. */
export function asNumbers(scene: Pick<TableScene, 'data' | 'goals'>, column: string): ColumnSettings {
  const told = scene.data.columns[column]?.role
  const role = scene.goals.some(({ target }) => target.name === column)
    ? 'target'
    : !told || told === 'ignore'
      ? 'feature'
      : told
  return { role, type: 'number' }
}

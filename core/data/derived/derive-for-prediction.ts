import type { Experiment } from '../../experiment/schema'
import type { Preprocessing } from '../prepared'
import { isCoded, type Column, type ColumnType, type Table } from '../table'
import { targetColumns } from '../target-parts'
import { deriveColumns } from './derive-columns'
import { neededFor } from './needed'

type Types = Readonly<Record<string, ColumnType>>
type Settings = Pick<Experiment, 'data'>

/** What a network reads; with `judged` what it is compared with, too. */
const namesFor = ({ features, target }: Preprocessing, judged: boolean): string[] => [
  ...features.map(({ column }) => column),
  ...(judged ? targetColumns(target) : []),
]

/** The types to read a further table with: those given, and of columns that others are computed from; not of computed ones. */
export function typesWithNeeded(
  given: Types,
  { data }: Settings,
  preprocessing: Preprocessing,
  judged: boolean,
): Types {
  const { own, derived } = neededFor(namesFor(preprocessing, judged), data)
  const computed = new Set(derived.map(({ name }) => name))
  const needed = derived.length ? own.flatMap((name) => typeOf(name, data)) : []
  const types = { ...Object.fromEntries(needed), ...given }
  return Object.fromEntries(Object.entries(types).filter(([name]) => !computed.has(name)))
}

const typeOf = (name: string, { columns }: Settings['data']): [string, ColumnType][] => {
  const type = columns[name]?.type
  return type === undefined ? [] : [[name, type]]
}

/**
 * A further table with the computed columns that a network reads, and its target where it is `judged`. Rows without enough history of their own have missing cells, which are filled as in training.
 * @throws LabError as `deriveColumns` does
 */
export function deriveForPrediction(
  table: Table,
  { data }: Settings,
  preprocessing: Preprocessing,
  judged: boolean,
): Table {
  const { derived } = neededFor(namesFor(preprocessing, judged), data)
  if (derived.length === 0) return table
  const read = { ...table, columns: table.columns.map((column) => asTrained(column, preprocessing)) }
  const made = deriveColumns(read, { ...data, derived: [...derived] }, 'further')
  return { ...table, columns: [...table.columns, ...made.columns.slice(table.columns.length)] }
}

/** Words of a yes/no column as the numbers that training computed with; other words are missing. */
function asTrained(column: Column, { features }: Preprocessing): Column {
  const labels = features.find((each) => each.column === column.name)?.labels
  if (!labels || !isCoded(column)) return column
  const lower = labels.map((label) => label.toLowerCase())
  const byCode = column.levels.map((level) => {
    const exact = labels.indexOf(level)
    const place = exact < 0 ? lower.indexOf(level.toLowerCase()) : exact
    return place < 0 ? NaN : place
  })
  const values = Float64Array.from(column.codes, (code) => byCode[code] ?? NaN)
  return { name: column.name, type: 'boolean', values, labels, reason: column.reason }
}

import type { ColumnSettings, CsvSettings, Experiment, SplitSettings } from '../../experiment/schema'

/** A change of the experiment as plain data: what is named is set, what is not stays. */
export interface DataChange {
  readonly columns?: Readonly<Record<string, ColumnSettings>>
  readonly csv?: CsvSettings
  readonly split?: Partial<SplitSettings>
  readonly repeats?: Experiment['data']['repeats']
  readonly contradictions?: Experiment['data']['contradictions']
  readonly select?: Experiment['data']['select']
}

/** A way out of a finding. */
export interface Fix {
  /** What it does, in plain words: "Leave out column id". */
  readonly label: string
  readonly change: DataChange
}

/** The experiment after a fix; the one given stays as it is. */
export function applyFix(experiment: Experiment, { change }: Fix): Experiment {
  const { data } = experiment
  const columns = Object.entries(change.columns ?? {}).map(([name, settings]) => [
    name,
    changeColumn(data.columns[name], settings),
  ])
  return {
    ...experiment,
    data: {
      ...data,
      csv: { ...data.csv, ...change.csv },
      columns: { ...data.columns, ...(Object.fromEntries(columns) as Experiment['data']['columns']) },
      split: { ...data.split, ...change.split },
      ...(change.repeats && { repeats: change.repeats }),
      ...(change.contradictions && { contradictions: change.contradictions }),
      ...(change.select && { select: change.select }),
    },
  }
}

/** Settings that fitted another type, or a column that took part, go. */
function changeColumn(before: ColumnSettings | undefined, change: ColumnSettings): ColumnSettings {
  if (change.role === 'ignore') return change
  const isRetyped = change.type !== undefined && change.type !== before?.type
  if (!isRetyped) return { ...before, ...change }
  const { role, reading } = before ?? {}
  return { ...(role && { role }), ...(reading && { reading }), ...change }
}

export const leaveOut = (column: string): Fix => ({
  label: `Leave out column ${column}`,
  change: { columns: { [column]: { role: 'ignore' } } },
})

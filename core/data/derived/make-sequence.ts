import { LabError } from '../../errors/lab-error'
import type { ColumnSettings, DerivedSettings, Experiment } from '../../experiment/schema'

export interface SequenceWish {
  /** Columns of numbers or yes/no that make one step of the sequence, in order. */
  readonly columns: readonly string[]
  /** Rows of the sequence. */
  readonly length: number
  /** The column to predict. */
  readonly target: string
  /** How many rows later it is predicted; 0: in the same row. */
  readonly ahead: number
}

/** `x[t-2]`, `x[t]`, `x[t+1]`: a column some rows away. */
const stepName = (column: string, step: number): string =>
  step === 0 ? `${column}[t]` : `${column}[t${step < 0 ? '' : '+'}${step}]`

/**
 * An experiment that reads the last rows as a sequence: for each row of the sequence, the earliest first, the chosen columns
 * as inputs, which `reshape` makes [rows, columns] of for a recurrent layer. All steps of a column share a scale, rows
 * without enough history are left out, and the split goes by time. A target of the same row that is in the sequence, too,
 * is seen up to the row before only.
 * @throws LabError `bad-sequence` where there is nothing to read
 */
export function makeSequence(experiment: Experiment, wish: SequenceWish): Experiment {
  const { columns, length, target, ahead } = wish
  if (columns.length === 0 || length < 2) refuse(wish)
  const last = ahead === 0 && columns.includes(target) ? -1 : 0
  const steps = Array.from({ length }, (_, i) => last - (length - 1 - i))
  const inputs = steps.flatMap((step) =>
    columns.map((column): DerivedSettings => ({
      name: stepName(column, step),
      lag: { column, steps: -step },
    })),
  )
  const goal: DerivedSettings[] =
    ahead > 0 ? [{ name: stepName(target, ahead), lead: { column: target, steps: ahead } }] : []
  const made = [...inputs, ...goal]
  const names = new Set(made.map(({ name }) => name))
  const { loss: _loss, ...rest } = experiment
  return {
    ...rest,
    data: {
      ...experiment.data,
      derived: [...(experiment.data.derived ?? []).filter(({ name }) => !names.has(name)), ...made],
      columns: {
        ...othersLeftOut(experiment.data.columns, names),
        ...Object.fromEntries(inputs.map((each) => [each.name, inputSettings(each, experiment)])),
        [goal[0]?.name ?? target]: { role: 'target' },
      },
      split: splitInTime(experiment),
    },
    network: [
      { type: 'reshape', shape: [length, columns.length] },
      { type: 'gru', units: 16 },
      { type: 'output' },
    ],
  }
}

/** What was an input or the target takes no part by itself; its type is kept for what is computed from it. */
const othersLeftOut = (
  columns: Experiment['data']['columns'],
  names: ReadonlySet<string>,
): Record<string, ColumnSettings> =>
  Object.fromEntries(
    Object.entries(columns)
      .filter(([name]) => !names.has(name))
      .map(([name, { role, type, ...settings }]) =>
        role === undefined || role === 'feature' || role === 'target'
          ? [name, { role: 'ignore', ...(type && { type }) }]
          : [name, { role, ...(type && { type }), ...settings }],
      ),
  )

function inputSettings({ lag }: DerivedSettings, { data }: Experiment): ColumnSettings {
  const { column } = lag!
  const isNumber = data.columns[column]?.type !== 'boolean'
  return { role: 'feature', missing: 'drop', ...(isNumber && { scale: 'standard', scaleGroup: column }) }
}

function splitInTime({ data }: Experiment): Experiment['data']['split'] {
  const { by: _by, marks: _marks, ...split } = data.split
  const time = Object.keys(data.columns).find((name) => data.columns[name]!.role === 'time')
  return time === undefined ? { ...split, strategy: 'sequential' } : { ...split, strategy: 'time', by: time }
}

function refuse({ columns, length }: SequenceWish): never {
  throw new LabError({
    code: 'bad-sequence',
    expected: 'at least one column, and a sequence of at least 2 rows',
    came: `${columns.length} columns, ${length} rows`,
    advice: 'Choose columns of numbers, and how many rows the network shall look back.',
    place: { path: 'data.derived' },
  })
}

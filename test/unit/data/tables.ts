import type { RawColumn } from '../../../core/data/raw'
import type { ColumnType, Table } from '../../../core/data/table'
import { typeColumn } from '../../../core/data/typing'
import { defaultMissing } from '../../../core/data/cells/missing'
import { parseExperiment } from '../../../core/experiment/read'
import type { ExperimentInput, Experiment } from '../../../core/experiment/schema'
import { LabError, type HelpPage } from '../../../core/errors/lab-error'

/** A raw column as the reader would make it. */
export function rawColumn(name: string, cells: readonly string[]): RawColumn {
  const levels = [...new Set(cells)]
  return { name, levels, codes: Int32Array.from(cells, (cell) => levels.indexOf(cell)) }
}

/** A typed table from columns of cells. */
export function tableOf(
  columns: Readonly<Record<string, readonly string[]>>,
  types: Readonly<Record<string, ColumnType>> = {},
): Table {
  const settings = { decimal: '.', missing: defaultMissing } as const
  const typed = Object.entries(columns).map(([name, cells]) =>
    typeColumn(rawColumn(name, cells), settings, types[name]),
  )
  return { name: 'table.csv', rowCount: Object.values(columns)[0]?.length ?? 0, columns: typed }
}

/** An experiment on `table.csv`, with what matters to a test. */
export const experimentOn = (
  data: Partial<ExperimentInput['data']>,
  rest: Partial<ExperimentInput> = {},
): Experiment =>
  parseExperiment({
    nabla: 1,
    network: [{ type: 'output' }],
    ...rest,
    data: { source: 'table.csv', ...data },
  })

/** The help page that a call throws. */
export function pageOf(call: () => unknown): HelpPage {
  try {
    call()
  } catch (error) {
    if (error instanceof LabError) return error.toPage()
    throw error
  }
  throw new Error('nothing was thrown')
}

export const repeat = <T>(values: readonly T[], count: number): T[] =>
  Array.from({ length: count }, (_, i) => values[i % values.length]!)

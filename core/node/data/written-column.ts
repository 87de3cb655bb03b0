import { defaultMissing } from '../../data/cells/missing'
import { refuseColumn } from '../../data/columns'
import type { RawColumn } from '../../data/raw'
import { isCoded } from '../../data/table'
import type { TypingSettings } from '../../data/typing'
import type { CsvSettings } from '../../experiment/schema'
import type { ExperimentAt } from '../../protocol/contract'
import type { ReadFile } from '../reader/formats/read-file'
import { openSource } from './open-table'

export interface WrittenColumn {
  readonly raw: RawColumn
  readonly marks: TypingSettings
}

/**
 * A column with its cells as they are written, missing markers included, whatever the format of its file.
 * @param source the table as the experiment reads it, which may fail
 * @throws LabError `unknown-column`, or as `openSource` does
 */
export async function openWritten(
  at: ExperimentAt,
  column: string,
  source: () => Promise<ReadFile>,
): Promise<WrittenColumn> {
  const { experiment, folder } = at
  const open = (csv: CsvSettings): Promise<ReadFile> => {
    const data = { ...experiment.data, csv, columns: { [column]: { type: 'text' as const } }, derived: [] }
    return openSource({ experiment: { ...experiment, data }, folder })
  }
  // What is found out of a file depends on its missing markers, so that they may be left out only once it is known.
  const { csv } = await source().catch(() => open(experiment.data.csv))
  const { table } = await open({ ...csv, missing: [''] })
  const found = table.columns.find(({ name }) => name === column)
  if (!found)
    refuseColumn(
      column,
      table.columns.map(({ name }) => name),
      table.name,
    )
  const { decimal = '.', thousands } = csv
  const missing = experiment.data.csv.missing ?? defaultMissing
  // An empty cell has no code among words; here it is a word like others, the first.
  const raw = isCoded(found)
    ? { name: column, codes: found.codes.map((code) => code + 1), levels: ['', ...found.levels] }
    : { name: column, codes: new Int32Array(table.rowCount), levels: [''] }
  return { raw, marks: { decimal, thousands, missing } }
}

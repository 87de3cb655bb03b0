import { shallowRef, type Ref, type ShallowRef } from 'vue'
import { createExperiment } from '../../core/experiment/defaults'
import type { CsvSettings, DataSource, Experiment, TableFormat } from '../../core/experiment/schema'
import { mapSource, sourceList, sourceName } from '../../core/data/source-list'
import type { ExperimentAt, TablePreview } from '../../core/protocol/contract'
import { engine } from '../engine'
import { fileNameOf, folderOf, moveSource } from '../paths'
import { followReading } from './follow-reading'

/** How a table is read: its format, and for text how it is taken apart. */
export interface Reading {
  readonly format?: TableFormat | undefined
  readonly csv: CsvSettings
}

/** What the reading of an experiment's table needs of the store. */
export interface ReadingHost {
  readonly experiment: Readonly<ShallowRef<Experiment | null>>
  readonly folder: Ref<string>
  at(): ExperimentAt
  change(label: string, edit: (draft: Experiment) => unknown): void
  install(next: Experiment, where: string, file: string | null, seen: TablePreview | null): void
}

const readingOf = ({ csv, format }: TablePreview): Reading => ({ csv, format })

/**
 * Reads the open table in other ways. A table that could not be read at first is kept as an empty experiment until a
 * reading succeeds, which is then proposed as if it had been opened so.
 */
export function createReading(host: ReadingHost) {
  /** What is found out where nothing is given; nothing while it is not known. */
  const found = shallowRef<Reading | null>(null)
  /** The source, as it was opened, while no reading of it has succeeded. */
  const unread = shallowRef<DataSource | null>(null)

  function opened(source: DataSource | null, seen: TablePreview | null): void {
    unread.value = source
    found.value = seen && readingOf(seen)
  }

  /** Opens a source although it could not be read, so that its options can be changed. */
  function openUnread(source: DataSource): void {
    const folder = folderOf(sourceList(source)[0] ?? '')
    const placed = mapSource(source, (path) => moveSource(fileNameOf(path), folderOf(path), folder))
    const name = sourceName(source, fileNameOf)
    host.install({ ...createExperiment(placed), name }, folder, null, null)
    opened(source, null)
  }

  /** Asks once what is found out in a table whose experiment was opened from a file. */
  async function lookForFound(): Promise<void> {
    if (found.value || !host.experiment.value) return
    const { experiment, folder } = host.at()
    const seen = await previewAs(experiment, { csv: {} }, folder)
    if (host.experiment.value?.data.source === experiment.data.source)
      found.value = seen ? readingOf(seen) : null
  }

  let last: Promise<void> = Promise.resolve()
  /** Changes that follow each other quickly are made one after the other, so that none undoes another. */
  function changeReading(edit: (reading: { csv: CsvSettings; format?: TableFormat | undefined }) => void) {
    last = last.catch(() => undefined).then(() => changeNow(edit))
    return last
  }

  async function changeNow(edit: (reading: Reading & { csv: CsvSettings }) => void): Promise<void> {
    const { experiment, folder } = host.at()
    const { csv, format } = structuredClone(experiment.data)
    const reading: Reading = { csv, format }
    edit(reading)
    if (unread.value !== null && (await proposeAnew(unread.value, reading))) return
    const before = await columnsOf(experiment, experiment.data, folder)
    const after = await columnsOf(experiment, reading, folder)
    host.change('change how the file is read', (draft) => {
      setReading(draft, reading)
      if (after) draft.data.columns = followReading(draft.data.columns, before ?? new Map(), after)
    })
  }

  async function proposeAnew(source: DataSource, reading: Reading): Promise<boolean> {
    try {
      const { at, preview } = await engine.propose(source, undefined, reading)
      host.install(at.experiment, at.folder, null, preview)
      opened(null, null)
      return true
    } catch {
      // The help page comes with the next description.
      return false
    }
  }

  return { found, unread, opened, openUnread, lookForFound, changeReading }
}

function setReading({ data }: Experiment, { csv, format }: Reading): void {
  data.csv = csv
  if (format === undefined) delete data.format
  else data.format = format
}

/** As a reading alone shows the table, whatever the experiment says of its columns; nothing where it fails. */
async function previewAs(
  experiment: Experiment,
  reading: Reading,
  folder: string,
): Promise<TablePreview | undefined> {
  const read = { ...experiment, data: { ...experiment.data, columns: {} } }
  setReading(read, reading)
  return engine.preview({ experiment: read, folder }).catch(() => undefined)
}

const columnsOf = async (experiment: Experiment, reading: Reading, folder: string) => {
  const seen = await previewAs(experiment, reading, folder)
  return seen && new Map(seen.columns.map((column) => [column.name, column]))
}

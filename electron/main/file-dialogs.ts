import fs from 'node:fs'
import { dialog, type BrowserWindow } from 'electron'
import type { FileFilter } from '../contract/desktop'
import { DATA_EXTENSIONS, EXPERIMENT_EXTENSIONS } from './opened-files'

const experiments: FileFilter = { name: 'Experiments', extensions: EXPERIMENT_EXTENSIONS }
const tables: FileFilter = { name: 'Tables', extensions: DATA_EXTENSIONS }
const both: FileFilter = {
  name: 'Experiments and tables',
  extensions: [...EXPERIMENT_EXTENSIONS, ...DATA_EXTENSIONS],
}
const all: FileFilter = { name: 'All files', extensions: ['*'] }

/** Electron's own type wants arrays that it could write to. */
const electronFilters = (filters: readonly FileFilter[]): { name: string; extensions: string[] }[] =>
  filters.map(({ name, extensions }) => ({ name, extensions: [...extensions] }))

async function open(
  window: BrowserWindow,
  title: string,
  filters: readonly FileFilter[],
): Promise<string[] | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    filters: electronFilters(filters),
    properties: ['openFile', 'multiSelections'],
  })
  return canceled || filePaths.length === 0 ? null : filePaths
}

export const askForTable = (window: BrowserWindow) => open(window, 'Open a Table', [tables, all])

export const askForExperiment = (window: BrowserWindow) =>
  open(window, 'Open', [both, experiments, tables, all])

/** @param suggested a file name; its folder is the one that was used last */
export async function askWhereToSave(
  window: BrowserWindow,
  suggested: string,
  filters: readonly FileFilter[],
): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: suggested,
    filters: electronFilters(filters),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  })
  if (canceled || !filePath) return null
  const file = withExtension(filePath, filters)
  // The dialog asked about overwriting the name without the extension, not about this one.
  return file !== filePath && fs.existsSync(file) ? askWhereToSave(window, file, filters) : file
}

export const askWhereToSaveExperiment = (window: BrowserWindow, suggested: string) =>
  askWhereToSave(window, suggested, [{ name: 'Experiment', extensions: ['nabla.json'] }])

/** Linux dialogs add no extension by themselves. */
function withExtension(file: string, [filter]: readonly FileFilter[]): string {
  const extensions = filter?.extensions.filter((extension) => extension !== '*') ?? []
  const first = extensions[0]
  if (!first || extensions.some((extension) => file.toLowerCase().endsWith(`.${extension}`))) return file
  // `name.json` where `.nabla.json` is proposed was meant as it is.
  return file.toLowerCase().endsWith(`.${first.split('.').at(-1)}`) ? file : `${file}.${first}`
}

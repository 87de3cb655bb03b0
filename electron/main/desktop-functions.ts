import { copyFileSync } from 'node:fs'
import path from 'node:path'
import { app, clipboard, shell } from 'electron'
import { z } from 'zod'
import { mapSource } from '../../core/data/source-list'
import { LabError } from '../../core/errors/lab-error'
import { withFile } from '../../core/node/files/file-problem'
import { writeAtomic } from '../../core/node/files/write-atomic'
import type { DesktopFunctions } from '../contract/desktop'
import { panels, type MenuState } from '../contract/menu'
import { themes } from '../contract/settings'
import { isExperimentFile, readExperimentText } from './experiment-file'
import { askForExperiment, askForTable, askWhereToSave, askWhereToSaveExperiment } from './file-dialogs'
import { grantedPaths } from './granted-paths'
import { handle } from './ipc'
import type { Lab } from './lab'
import { keepPasted } from './pasted-tables'
import { existingRecent } from './recent-files'

const pathSchema = z.string().min(1).max(4096)
const filterSchema = z.object({ name: z.string().max(100), extensions: z.array(z.string().max(20)).max(20) })

const menuStateSchema = z.object({
  experiment: z.boolean(),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  run: z.enum(['none', 'ready', 'running', 'paused']),
  panel: z.enum(panels).nullable(),
  exports: z.array(z.object({ id: z.string().max(100), label: z.string().max(200) })).max(200),
}) satisfies z.ZodType<MenuState>

/** The arguments of each function, as they must come from the page. */
const schemas = {
  openDataDialog: z.tuple([]),
  openExperimentDialog: z.tuple([]),
  pasteTable: z.tuple([]),
  copyTable: z.tuple([pathSchema]),
  isExperiment: z.tuple([pathSchema]),
  readExperiment: z.tuple([pathSchema]),
  saveExperiment: z.tuple([
    z.object({
      text: z.string().max(20_000_000),
      path: pathSchema.nullable(),
      suggestedName: z.string().max(255).optional(),
    }),
  ]),
  saveFileDialog: z.tuple([z.string().min(1).max(255), z.array(filterSchema).max(20)]),
  writeFile: z.tuple([pathSchema, z.instanceof(Uint8Array)]),
  revealInFolder: z.tuple([pathSchema]),
  addRecent: z.tuple([z.union([pathSchema, z.array(pathSchema).min(1)])]),
  getRecent: z.tuple([]),
  getSettings: z.tuple([]),
  setSettings: z.tuple([
    z.object({
      theme: z.enum(themes).optional(),
      zoom: z.number().min(0.5).max(3).optional(),
      sameBits: z.boolean().optional(),
    }),
  ]),
  setDirty: z.tuple([z.boolean(), z.string().max(500)]),
  setMenuState: z.tuple([menuStateSchema]),
  mayDiscard: z.tuple([]),
  closeWindow: z.tuple([]),
} satisfies { [Name in keyof DesktopFunctions]: z.ZodType<Parameters<DesktopFunctions[Name]>> }

const noWindow = () =>
  new LabError({
    code: 'no-window',
    expected: 'an open window',
    came: 'none',
    advice: 'Open a window and try it again.',
  })

/** What the page may ask of the desktop, on a lab that knows its window, its preferences and the granted paths. */
export function desktopFunctions(lab: Lab): DesktopFunctions {
  const { paths, preferences } = lab
  const writable = grantedPaths()
  const theWindow = () => {
    if (!lab.window) throw noWindow()
    return lab.window
  }
  const granted = (files: string[] | null) => files && files.map((file) => paths.grant(file))
  const save = (file: string, text: string) => {
    writeAtomic(file, text)
    paths.grant(file)
    lab.remember(file)
    return file
  }
  return {
    openDataDialog: async () => granted(await askForTable(theWindow())),
    openExperimentDialog: async () => granted(await askForExperiment(theWindow())),
    pasteTable: async () => {
      const folder = path.join(app.getPath('userData'), 'pasted')
      return paths.grant(keepPasted(clipboard.readText(), folder, new Date()))
    },
    async copyTable(file) {
      const to = await askWhereToSave(theWindow(), path.basename(paths.check(file)), [
        { name: 'Table', extensions: ['csv'] },
      ])
      if (!to) return null
      withFile(to, () => copyFileSync(file, to))
      return paths.grant(to)
    },
    isExperiment: async (file) => isExperimentFile(paths.check(file)),
    async readExperiment(file) {
      const text = readExperimentText(paths.check(file))
      lab.remember(file)
      return { text, path: file }
    },
    async saveExperiment({ text, path: known, suggestedName = 'experiment.nabla.json' }) {
      const file =
        known === null ? await askWhereToSaveExperiment(theWindow(), suggestedName) : paths.check(known)
      return file && save(file, text)
    },
    async saveFileDialog(suggestedName, filters) {
      // A name, never a path: the page does not choose the folder.
      const file = await askWhereToSave(theWindow(), path.basename(suggestedName), filters)
      return file && writable.grant(paths.grant(file))
    },
    writeFile: async (file, bytes) => writeAtomic(writable.check(file), bytes),
    revealInFolder: async (file) => shell.showItemInFolder(paths.check(file)),
    addRecent: async (source) => lab.remember(mapSource(source, (file) => paths.check(file))),
    getRecent: async () =>
      existingRecent(preferences.get().recent).map((source) =>
        mapSource(source, (file) => paths.grant(file)),
      ),
    getSettings: async () => preferences.get().settings,
    setSettings: async (change) => lab.changeSettings(change),
    setDirty: async (dirty, title) => lab.setDirty(dirty, title),
    setMenuState: async (state) => lab.setMenuState(state),
    mayDiscard: async () => lab.mayDiscard(),
    closeWindow: async () => theWindow().close(),
  }
}

/** Listens for the page's requests, each checked by its schema. */
export function answerPage(functions: DesktopFunctions): void {
  for (const name of Object.keys(schemas) as (keyof DesktopFunctions)[]) {
    const work = functions[name] as (...args: readonly unknown[]) => unknown
    handle(`desktop:${name}`, schemas[name] as z.ZodType<readonly unknown[]>, work)
  }
}

import type { DataSource } from '../../core/experiment/schema'
import type { HelpPage } from '../../core/errors/lab-error'
import { unwrap, type Answer } from './answer'
import type { MenuCommand, MenuState } from './menu'
import type { Settings } from './settings'

export interface FileFilter {
  readonly name: string
  /** Without the dot. */
  readonly extensions: readonly string[]
}

/** What the window may ask of the desktop. A path that is null means that the user cancelled. */
export interface DesktopFunctions {
  /** Asks for a table of data: one file, or several of one shape. */
  openDataDialog(): Promise<string[] | null>
  /** Asks for an experiment file, or for data as above. */
  openExperimentDialog(): Promise<string[] | null>
  /** Keeps the table in the clipboard as a file of the app, and tells where. @throws `LabError` when it holds none */
  pasteTable(): Promise<string>
  /** Asks where to put a copy of a table that was opened, and tells where it is; null when cancelled. */
  copyTable(path: string): Promise<string | null>
  /** Whether a file is an experiment rather than a table: a `.json` file can be either. */
  isExperiment(path: string): Promise<boolean>
  /**
   * Reads an experiment file that the user opened or dropped, and puts it on the list of recent files.
   * @throws `LabError` when the file is missing, unreadable, too large or was never chosen by the user
   */
  readExperiment(path: string): Promise<{ text: string; path: string }>
  /** Saves to `path`, or asks where to when it is null; `suggestedName` then proposes a file name. */
  saveExperiment(file: { text: string; path: string | null; suggestedName?: string }): Promise<string | null>
  /** Asks where to save. Only paths that came from here may be written. */
  saveFileDialog(suggestedName: string, filters: readonly FileFilter[]): Promise<string | null>
  /** Writes bytes to a path from `saveFileDialog`; the file is whole or not there at all. */
  writeFile(path: string, bytes: Uint8Array): Promise<void>
  /** Shows a file that was opened or saved in the system's file manager. */
  revealInFolder(path: string): Promise<void>
  /** Remembers a table of data that was opened well. Experiments are remembered by reading and saving them. */
  addRecent(source: DataSource): Promise<void>
  /** The last files, the newest first; those that are gone are left out. */
  getRecent(): Promise<DataSource[]>
  getSettings(): Promise<Settings>
  setSettings(change: Partial<Settings>): Promise<Settings>
  /** Tells the title, and whether something would be lost by closing. */
  setDirty(dirty: boolean, title: string): Promise<void>
  /** Call it whenever one of its fields changes. */
  setMenuState(state: MenuState): Promise<void>
  /**
   * Asks the user what to do with unsaved changes, when there are some, before another experiment is opened.
   * `Save` calls the handler of `onSaveRequest`.
   * @returns whether to go on
   */
  mayDiscard(): Promise<boolean>
  closeWindow(): Promise<void>
}

/** What the desktop tells the window. Each returns a function that ends the subscription. */
export interface DesktopEvents {
  onMenu(listener: (command: MenuCommand) => void): () => void
  /** Files from the command line, or one from the system's file manager or the list of recent files. */
  onOpenPaths(listener: (paths: readonly string[]) => void): () => void
  /** Saves the experiment and tells whether it is saved now (false: cancelled or failed). The last handler counts. */
  onSaveRequest(handler: () => Promise<boolean>): () => void
  /** Also when the menu changed them. Light and dark themselves follow `prefers-color-scheme`. */
  onSettings(listener: (settings: Settings) => void): () => void
  /** The engine died and a new one is there; `connectEngine` has connected to it already. Its runs are lost. */
  onEngineRestarted(listener: (problem: HelpPage) => void): () => void
  /** The engine died again and again and is not started any more. */
  onEngineLost(listener: (problem: HelpPage) => void): () => void
}

export interface DesktopFacts {
  readonly platform: 'linux' | 'darwin' | 'win32' | 'other'
  readonly versions: { readonly app: string; readonly electron: string; readonly chromium: string }
  /** Started by the tests. */
  readonly test: boolean
}

/** `window.nabla`, as the preload script exposes it: functions answer with data, since errors lose their fields. */
export type Bridge = {
  readonly [Name in keyof DesktopFunctions]: (
    ...args: Parameters<DesktopFunctions[Name]>
  ) => Promise<Answer<Awaited<ReturnType<DesktopFunctions[Name]>>>>
} & DesktopEvents & {
    readonly facts: DesktopFacts
    /** The path of a dropped or chosen file; '' for one that was made by a script. */
    pathForFile(file: object): string
    /** Asks for a port to the engine; it comes as a message of the page's own window that carries `nonce`. */
    requestEnginePort(nonce: string): void
  }

/** The desktop with errors as errors. */
export type Desktop = DesktopFunctions & DesktopEvents & Pick<Bridge, 'facts' | 'pathForFile'>

/** One line for each function; the compiler asks for it when the interface grows. */
export const desktopFunctionNames = Object.keys({
  openDataDialog: 0,
  openExperimentDialog: 0,
  pasteTable: 0,
  copyTable: 0,
  isExperiment: 0,
  readExperiment: 0,
  saveExperiment: 0,
  saveFileDialog: 0,
  writeFile: 0,
  revealInFolder: 0,
  addRecent: 0,
  getRecent: 0,
  getSettings: 0,
  setSettings: 0,
  setDirty: 0,
  setMenuState: 0,
  mayDiscard: 0,
  closeWindow: 0,
} satisfies Record<keyof DesktopFunctions, 0>) as (keyof DesktopFunctions)[]

/** Turns `window.nabla` into functions that give a value or throw a `LabError`. */
export function openDesktop(bridge: Bridge): Desktop {
  const ask = (name: keyof DesktopFunctions) => {
    const verb = bridge[name] as (...args: unknown[]) => Promise<Answer<unknown>>
    return async (...args: unknown[]) => unwrap(await verb(...args))
  }
  const functions = Object.fromEntries(desktopFunctionNames.map((name) => [name, ask(name)]))
  return { ...bridge, ...(functions as unknown as DesktopFunctions) }
}

import path from 'node:path'
import { app, Menu, nativeTheme, shell, type BrowserWindow } from 'electron'
import { mapSource } from '../../core/data/source-list'
import type { DataSource } from '../../core/experiment/schema'
import { emptyMenuState, type MenuState } from '../contract/menu'
import type { Settings } from '../contract/settings'
import { grantedPaths, type GrantedPaths } from './granted-paths'
import type { JsonFile } from './json-file'
import { menuTemplate } from './menu'
import { devServer } from './page-address'
import { settingsSchema, type Preferences } from './preferences'
import { existingRecent, withRecent } from './recent-files'
import { unsavedChanges, type UnsavedChanges } from './unsaved-changes'
import { openWindow } from './window'

/** The one window and what belongs to it: its title, its menu, its unsaved changes and the files it may touch. */
export class Lab {
  readonly paths: GrantedPaths = grantedPaths()
  window: BrowserWindow | undefined
  private changes: UnsavedChanges | undefined
  private title = ''
  private menuState: MenuState = emptyMenuState
  private shownMenu = ''
  /** Files that were asked for before the page could listen. */
  private waitingFiles: readonly string[] = []
  private listening = false

  constructor(readonly preferences: JsonFile<Preferences>) {
    nativeTheme.themeSource = preferences.get().settings.theme
  }

  /** Opens the window, or brings it to the front. */
  show(): void {
    if (this.window) return bringToFront(this.window)
    const window = openWindow(this.preferences)
    this.window = window
    this.changes = unsavedChanges(window, () => this.title || 'the experiment')
    window.webContents.on('did-start-loading', () => (this.listening = false))
    window.on('close', (event) => {
      if (!this.changes?.dirty) return
      event.preventDefault()
      void this.mayDiscard().then((go) => (go ? this.closeForGood(window) : this.onCloseCancelled()))
    })
    window.on('closed', () => this.forgetWindow())
    this.showMenu()
  }

  /** Set by whoever quits the app, so that a cancelled question also cancels quitting. */
  onCloseCancelled: () => void = () => undefined

  /** Tells the page, if there is one. */
  send(channel: string, ...args: unknown[]): void {
    this.window?.webContents.send(channel, ...args)
  }

  /** Opens files that were asked for from outside the page: an experiment, or data that make one table. */
  openPaths(files: readonly string[]): void {
    for (const file of files) this.paths.grant(file)
    this.show()
    if (this.listening) this.send('open-paths', files)
    else this.waitingFiles = files
  }

  /** The page listens for files now. */
  startListening(): void {
    this.listening = true
    if (this.waitingFiles.length > 0) this.send('open-paths', this.waitingFiles)
    this.waitingFiles = []
  }

  setDirty(dirty: boolean, title: string): void {
    this.title = title
    this.changes?.set(dirty)
    this.window?.setTitle([title && `${dirty ? '● ' : ''}${title}`, app.name].filter(Boolean).join(' — '))
  }

  mayDiscard = (): Promise<boolean> => this.changes?.mayDiscard() ?? Promise.resolve(true)

  remember(source: DataSource): void {
    const opened = mapSource(source, (file) => path.resolve(file))
    this.changePreferences({ recent: withRecent(this.preferences.get().recent, opened) })
    // The system's own list can only hold files by themselves.
    if (typeof source === 'string') app.addRecentDocument(source)
    this.showMenu()
  }

  changeSettings(change: { [Name in keyof Settings]?: Settings[Name] | undefined }): Settings {
    const settings = settingsSchema.parse({ ...this.preferences.get().settings, ...withoutUndefined(change) })
    this.changePreferences({ settings })
    nativeTheme.themeSource = settings.theme
    this.window?.webContents.setZoomFactor(settings.zoom)
    this.send('settings', settings)
    this.showMenu()
    return settings
  }

  setMenuState(state: MenuState): void {
    this.menuState = state
    this.showMenu()
  }

  private changePreferences(change: Partial<Preferences>): void {
    this.preferences.set({ ...this.preferences.get(), ...change })
  }

  private closeForGood(window: BrowserWindow): void {
    this.changes?.set(false)
    window.close()
  }

  private forgetWindow(): void {
    this.window = undefined
    this.changes = undefined
    this.title = ''
    this.menuState = emptyMenuState
    this.showMenu()
  }

  /** Built anew only when it would look different: an open menu closes when it is replaced. */
  private showMenu(): void {
    const model = {
      appName: app.name,
      mac: process.platform === 'darwin',
      development: devServer() !== undefined,
      state: this.menuState,
      settings: this.preferences.get().settings,
      recent: existingRecent(this.preferences.get().recent),
    }
    const look = JSON.stringify(model)
    if (look === this.shownMenu) return
    this.shownMenu = look
    const actions = {
      send: (command: string) => this.command(command),
      openPaths: (files: readonly string[]) => this.openPaths(files),
      clearRecent: () => {
        this.changePreferences({ recent: [] })
        app.clearRecentDocuments()
        this.showMenu()
      },
      change: (settings: Partial<Settings>) => void this.changeSettings(settings),
      openLogs: () => void shell.openPath(app.getPath('logs')),
      about: () => app.showAboutPanel(),
    }
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(model, actions)))
  }

  /** On macOS the menu is there without a window; New and Open then open one first. */
  private command(command: string): void {
    this.show()
    this.send('menu', command)
  }
}

function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.focus()
}

const withoutUndefined = (record: object) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))

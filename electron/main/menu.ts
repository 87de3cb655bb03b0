import type { MenuItemConstructorOptions } from 'electron'
import { panels, type MenuCommand, type MenuState, type PanelName } from '../contract/menu'
import { sourceList } from '../../core/data/source-list'
import type { DataSource } from '../../core/experiment/schema'
import { themes, type Settings, type Theme } from '../contract/settings'
import { recentLabel } from './recent-files'

/** What the menu shows and what it can do; all of it comes from outside, so that a test needs no window. */
export interface MenuModel {
  readonly appName: string
  readonly mac: boolean
  readonly development: boolean
  readonly state: MenuState
  readonly settings: Settings
  readonly recent: readonly DataSource[]
}
export interface MenuActions {
  send(command: MenuCommand): void
  openPaths(files: readonly string[]): void
  clearRecent(): void
  change(settings: Partial<Settings>): void
  openLogs(): void
  about(): void
}

type Item = MenuItemConstructorOptions

const separator: Item = { type: 'separator' }

const panelLabels: Readonly<Record<PanelName, string>> = {
  data: 'Data',
  design: 'Design',
  train: 'Train',
  evaluate: 'Evaluate',
  predict: 'Predict',
  export: 'Export',
}

const themeLabels: Readonly<Record<Theme, string>> = {
  system: 'Follow the System',
  light: 'Light',
  dark: 'Dark',
}

/** The whole menu bar, in each platform's own order. Items that a command name has carry it as their id. */
export function menuTemplate(model: MenuModel, actions: MenuActions): Item[] {
  const bar = [fileMenu, editMenu, viewMenu, runMenu, windowMenu, helpMenu]
  const menus = bar.map((menu) => menu(model, actions)).filter((menu) => menu !== undefined)
  return model.mac ? [{ role: 'appMenu', label: model.appName }, ...menus] : menus
}

/** An item that does nothing but send its command. */
const sends = (actions: MenuActions, id: MenuCommand, item: Item): Item => ({
  id,
  ...item,
  click: () => actions.send(id),
})

function fileMenu(model: MenuModel, actions: MenuActions): Item {
  const { experiment } = model.state
  const send = (id: MenuCommand, item: Item) => sends(actions, id, item)
  return {
    label: '&File',
    submenu: [
      send('new', { label: '&New', accelerator: 'CmdOrCtrl+N' }),
      send('open', { label: '&Open…', accelerator: 'CmdOrCtrl+O' }),
      recentMenu(model, actions),
      separator,
      send('save', { label: '&Save', accelerator: 'CmdOrCtrl+S', enabled: experiment }),
      send('save-as', { label: 'Save &As…', accelerator: 'CmdOrCtrl+Shift+S', enabled: experiment }),
      exportMenu(model, actions),
      separator,
      { role: 'close', accelerator: 'CmdOrCtrl+W' },
      ...(model.mac ? [] : [{ role: 'quit' } as const]),
    ],
  }
}

const recentMenu = ({ recent }: MenuModel, actions: MenuActions): Item => ({
  id: 'recent',
  label: 'Open &Recent',
  enabled: recent.length > 0,
  submenu: [
    ...recent.map((source): Item => ({
      label: recentLabel(source).replaceAll('&', '&&'),
      click: () => actions.openPaths(sourceList(source)),
    })),
    separator,
    { label: 'Clear List', click: () => actions.clearRecent() },
  ],
})

const exportMenu = ({ state }: MenuModel, actions: MenuActions): Item => ({
  id: 'export',
  label: '&Export',
  enabled: state.exports.length > 0,
  submenu: state.exports.map(({ id, label }) =>
    sends(actions, `export:${id}`, { label: label.replaceAll('&', '&&') }),
  ),
})

/** Undo and Redo go to a text field that has the focus, else to the window; the preload script decides. */
function editMenu({ state, mac }: MenuModel, actions: MenuActions): Item {
  return {
    label: '&Edit',
    submenu: [
      // On macOS a text field's own undo needs an enabled item.
      sends(actions, 'undo', { label: '&Undo', accelerator: 'CmdOrCtrl+Z', enabled: mac || state.canUndo }),
      sends(actions, 'redo', {
        label: '&Redo',
        accelerator: mac ? 'Cmd+Shift+Z' : 'Ctrl+Y',
        enabled: mac || state.canRedo,
      }),
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      sends(actions, 'paste-table', { label: 'Paste &Table' }),
      { role: 'selectAll' },
    ],
  }
}

function viewMenu(model: MenuModel, actions: MenuActions): Item {
  const zoom = (by: number) => () => actions.change({ zoom: nextZoom(model.settings.zoom, by) })
  return {
    label: '&View',
    submenu: [
      ...panels.map((panel, index) => panelItem(model, actions, panel, index)),
      separator,
      { label: '&Theme', submenu: themes.map((theme) => themeItem(model, actions, theme)) },
      separator,
      {
        id: 'zoom-reset',
        label: 'Actual Size',
        accelerator: 'CmdOrCtrl+0',
        click: () => actions.change({ zoom: 1 }),
      },
      { id: 'zoom-in', label: 'Zoom In', accelerator: 'CmdOrCtrl+Plus', click: zoom(1) },
      // The same key without Shift, as browsers have it.
      { label: 'Zoom In', accelerator: 'CmdOrCtrl+=', visible: false, click: zoom(1) },
      { id: 'zoom-out', label: 'Zoom Out', accelerator: 'CmdOrCtrl+-', click: zoom(-1) },
      { role: 'togglefullscreen' },
      ...(model.development
        ? [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const]
        : []),
    ],
  }
}

const panelItem = ({ state }: MenuModel, actions: MenuActions, panel: PanelName, index: number): Item =>
  sends(actions, `panel:${panel}`, {
    label: panelLabels[panel],
    type: 'checkbox',
    checked: state.panel === panel,
    enabled: state.experiment,
    accelerator: `CmdOrCtrl+${index + 1}`,
  })

const themeItem = ({ settings }: MenuModel, actions: MenuActions, theme: Theme): Item => ({
  id: `theme-${theme}`,
  label: themeLabels[theme],
  type: 'radio',
  checked: settings.theme === theme,
  click: () => actions.change({ theme }),
})

/** Steps of a quarter, within what the settings allow. */
const nextZoom = (zoom: number, by: number) => Math.min(3, Math.max(0.5, Math.round(zoom * 4 + by) / 4))

const runLabels = { none: '&Start', ready: '&Start', running: '&Pause', paused: '&Resume' } as const

function runMenu({ state }: MenuModel, actions: MenuActions): Item {
  const paused = state.run === 'paused'
  const send = (id: MenuCommand, item: Item) => sends(actions, id, item)
  return {
    label: '&Run',
    submenu: [
      send('run', {
        label: runLabels[state.run],
        accelerator: 'CmdOrCtrl+Enter',
        enabled: state.run !== 'none',
      }),
      send('step-batch', { label: 'Step One &Batch', accelerator: 'CmdOrCtrl+.', enabled: paused }),
      send('step-epoch', { label: 'Step One &Epoch', accelerator: 'CmdOrCtrl+Shift+.', enabled: paused }),
      send('stop', {
        label: 'S&top',
        accelerator: 'CmdOrCtrl+Shift+Enter',
        enabled: paused || state.run === 'running',
      }),
      separator,
      send('cross-validate', { label: '&Cross-Validate…', enabled: state.experiment }),
      send('repeat', { label: '&Repeat over Seeds…', enabled: state.experiment }),
      send('find-rate', { label: '&Find a Learning Rate…', enabled: state.experiment }),
    ],
  }
}

const windowMenu = ({ mac }: MenuModel): Item | undefined => (mac ? { role: 'windowMenu' } : undefined)

const helpMenu = ({ mac, appName }: MenuModel, actions: MenuActions): Item => ({
  role: 'help',
  label: '&Help',
  submenu: [
    sends(actions, 'self-test', { label: '&Self-Test…' }),
    { id: 'logs', label: 'Open Logs Folder', click: () => actions.openLogs() },
    ...(mac ? [] : [{ id: 'about', label: `About ${appName}`, click: () => actions.about() }]),
  ],
})

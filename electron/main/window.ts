import path from 'node:path'
import { app, BrowserWindow, dialog, nativeTheme, screen, type WebPreferences } from 'electron'
import type { JsonFile } from './json-file'
import { pageAddress } from './page-address'
import type { Preferences } from './preferences'
import { fitBounds, SMALLEST } from './window-bounds'

/** The colour behind the page before its first paint, so that a dark window never flashes white. */
const background = () => (nativeTheme.shouldUseDarkColors ? '#16181d' : '#fbfbfa')

const webPreferences = (): WebPreferences => ({
  preload: path.join(__dirname, '../preload/preload.cjs'),
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  spellcheck: false,
  // Curves go on being drawn, and the heartbeat of the tests beating, while another window is in front.
  backgroundThrottling: false,
  v8CacheOptions: 'bypassHeatCheck',
  additionalArguments: [
    `--nabla-version=${app.getVersion()}`,
    `--nabla-test=${process.env.NABLA_TEST ?? ''}`,
  ],
})

/** Opens the window where it was when it was closed, and shows it once it has painted. */
export function openWindow(preferences: JsonFile<Preferences>): BrowserWindow {
  const saved = preferences.get().window
  const window = new BrowserWindow({
    ...fitBounds(saved?.bounds ?? null, workAreas()),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Nabla Lab',
    backgroundColor: background(),
    webPreferences: webPreferences(),
  })
  if (saved?.maximized) window.maximize()
  const follow = () => window.setBackgroundColor(background())
  nativeTheme.on('updated', follow)
  window.on('closed', () => nativeTheme.off('updated', follow))
  // The title is set by `setDirty`, not by the page's <title>.
  window.on('page-title-updated', (event) => event.preventDefault())
  window.once('ready-to-show', () => window.show())
  window.webContents.on('did-finish-load', () =>
    window.webContents.setZoomFactor(preferences.get().settings.zoom),
  )
  rememberPlace(window, preferences)
  offerReload(window)
  void window.loadURL(pageAddress())
  return window
}

function workAreas() {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
  return [primary, ...others].map(({ workArea }) => workArea)
}

/** Written when the window comes to rest, and when it closes. */
function rememberPlace(window: BrowserWindow, preferences: JsonFile<Preferences>): void {
  const save = () => {
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return
    const place = { bounds: window.getNormalBounds(), maximized: window.isMaximized() }
    preferences.set({ ...preferences.get(), window: place })
  }
  let timer: NodeJS.Timeout | undefined
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(save, 500)
  }
  window.on('resize', soon)
  window.on('move', soon)
  window.on('close', save)
  window.on('closed', () => clearTimeout(timer))
}

/** A page that crashed or hangs for long is offered a new start; the engine and its runs go on meanwhile. */
function offerReload(window: BrowserWindow): void {
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    void dialog
      .showMessageBox(window, {
        type: 'error',
        message: 'The window has crashed.',
        detail: `Reason: ${reason}. Reload it to go on; what was not saved is lost.`,
        buttons: ['Reload', 'Close'],
        defaultId: 0,
        cancelId: 1,
      })
      .then(({ response }) => (response === 0 ? window.webContents.reload() : window.destroy()))
  })
}

import { app } from 'electron'
import type { EngineHost } from './engine-host'
import type { Lab } from './lab'

/** Quits when the window is closed (not on macOS, as is custom there), after unsaved changes were asked for. */
export function quitPolitely(lab: Lab, engine: EngineHost): void {
  let quitting = false
  app.on('before-quit', () => (quitting = true))
  lab.onCloseCancelled = () => (quitting = false)
  app.on('window-all-closed', () => {
    // A close that was asked about has stopped the quitting it was a part of, so go on with it.
    if (quitting || process.platform !== 'darwin') app.quit()
  })
  app.on('will-quit', () => engine.stop())
}

import { openDesktop } from '../electron/contract/desktop'
import type { Bridge } from '../electron/contract/desktop'

declare global {
  interface Window {
    readonly nabla: Bridge
  }
}

/** The other way out of the window: files, dialogs, menu and settings, through the preload script's bridge. */
export const desktop = openDesktop(window.nabla)

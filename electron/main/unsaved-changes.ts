import { randomUUID } from 'node:crypto'
import { dialog, ipcMain, type BrowserWindow } from 'electron'

export interface UnsavedChanges {
  readonly dirty: boolean
  set(dirty: boolean): void
  /** Asks Save / Don't Save / Cancel when something would be lost. @returns whether to go on */
  mayDiscard(): Promise<boolean>
}

const SAVE = 0
const CANCEL = 2

/** Knows whether the window's experiment is saved, and asks before it is lost. */
export function unsavedChanges(window: BrowserWindow, nameOf: () => string): UnsavedChanges {
  let dirty = false
  let asking: Promise<boolean> | undefined
  const ask = async () => {
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: `Do you want to save the changes to ${nameOf()}?`,
      detail: 'They are lost if you do not save them.',
      buttons: ['Save', "Don't Save", 'Cancel'],
      defaultId: SAVE,
      cancelId: CANCEL,
      noLink: true,
    })
    if (response === SAVE) return requestSave(window)
    return response !== CANCEL
  }
  return {
    get dirty() {
      return dirty
    },
    set(next) {
      dirty = next
      window.setDocumentEdited(next)
    },
    // A second request, such as Quit while Close is being asked, waits for the one answer.
    mayDiscard: async () => {
      if (!dirty) return true
      asking ??= ask().finally(() => (asking = undefined))
      return asking
    },
  }
}

/** The page knows what there is to save, so it saves and tells whether it did. A page that is gone saves nothing. */
function requestSave(window: BrowserWindow): Promise<boolean> {
  const channel = `save:answer:${randomUUID()}`
  return new Promise((resolve) => {
    const finish = (saved: boolean) => {
      ipcMain.removeAllListeners(channel)
      if (!window.isDestroyed()) window.webContents.off('render-process-gone', onGone)
      resolve(saved)
    }
    const onGone = () => finish(false)
    ipcMain.once(channel, (event, saved: unknown) =>
      finish(event.sender === window.webContents && saved === true),
    )
    window.webContents.once('render-process-gone', onGone)
    window.webContents.send('save:request', channel)
  })
}

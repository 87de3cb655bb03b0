import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { Answer } from '../contract/answer'
import {
  desktopFunctionNames,
  type Bridge,
  type DesktopEvents,
  type DesktopFunctions,
} from '../contract/desktop'
import { facts } from './facts'
import { routeEdit } from './route-edit'

// The page gets verbs, never `ipcRenderer`: it can say what this list says and nothing else.

const functions = Object.fromEntries(
  desktopFunctionNames.map((name) => [
    name,
    (...args: unknown[]) => ipcRenderer.invoke(`desktop:${name}`, ...args) as Promise<Answer<unknown>>,
  ]),
) as unknown as Pick<Bridge, keyof DesktopFunctions>

/** Hands what main sends to a listener of the page, without the event, which would carry `ipcRenderer`. */
function subscribe<Args extends unknown[]>(channel: string, listener: (...args: Args) => void): () => void {
  const forward = (_event: unknown, ...args: unknown[]) => listener(...(args as Args))
  ipcRenderer.on(channel, forward)
  return () => void ipcRenderer.off(channel, forward)
}

const events: DesktopEvents = {
  onMenu: (listener) => subscribe('menu', routeEdit(listener)),
  onOpenPaths(listener) {
    const end = subscribe('open-paths', listener)
    ipcRenderer.send('path:listening')
    return end
  },
  onSaveRequest(handler) {
    ipcRenderer.removeAllListeners('save:request')
    return subscribe('save:request', (channel: string) => {
      handler().then(
        (saved) => ipcRenderer.send(channel, saved),
        () => ipcRenderer.send(channel, false),
      )
    })
  },
  onSettings: (listener) => subscribe('settings', listener),
  onEngineRestarted: (listener) => subscribe('engine:restarted', listener),
  onEngineLost: (listener) => subscribe('engine:lost', listener),
}

/** A port cannot cross the bridge; it goes as a message of the page to itself, marked with the page's own nonce. */
ipcRenderer.on('engine:port', (event, nonce: string) => {
  window.postMessage(`nabla:engine-port:${nonce}`, window.location.origin, [...event.ports])
})

/** Electron before 29 kept the path on the file itself. */
const pathOf = (file: File): string => {
  // The types are those of newer versions, where it always is.
  return webUtils ? webUtils.getPathForFile(file) : ((file as File & { path?: string }).path ?? '')
}

const bridge: Bridge = {
  ...functions,
  ...events,
  facts,
  pathForFile(file) {
    const path = file instanceof File ? pathOf(file) : ''
    // Only the system can make a file with a path, so the user has chosen it.
    if (path) ipcRenderer.send('path:dropped', path)
    return path
  },
  requestEnginePort: (nonce) => ipcRenderer.send('engine:connect', nonce),
}

contextBridge.exposeInMainWorld('nabla', bridge)

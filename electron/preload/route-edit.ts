import { ipcRenderer } from 'electron'
import type { MenuCommand } from '../contract/menu'

/** Kinds of input that hold text, and so have an undo of their own. */
const TEXTUAL = new Set(['', 'text', 'search', 'number', 'email', 'password', 'tel', 'url', 'date', 'time'])

function isTyping(element: Element | null): boolean {
  if (element instanceof HTMLInputElement) return TEXTUAL.has(element.type) && !element.readOnly
  return (
    element instanceof HTMLTextAreaElement || (element instanceof HTMLElement && element.isContentEditable)
  )
}

/** Undo and Redo belong to the text field while one has the focus, else to the window. */
export const routeEdit = (listener: (command: MenuCommand) => void) => (command: MenuCommand) => {
  const edits = command === 'undo' || command === 'redo'
  if (edits && isTyping(document.activeElement)) ipcRenderer.send('edit', command)
  else listener(command)
}

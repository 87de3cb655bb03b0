import type { MenuCommand } from '../../electron/contract/menu'
import { panels } from '../../electron/contract/menu'

const plainKeys: Readonly<Record<string, MenuCommand>> = {
  z: 'undo',
  y: 'redo',
  s: 'save',
  o: 'open',
  n: 'new',
  enter: 'run',
  '.': 'step-batch',
}
const shiftKeys: Readonly<Record<string, MenuCommand>> = {
  z: 'redo',
  s: 'save-as',
  enter: 'stop',
  '.': 'step-epoch',
  ':': 'step-epoch',
  '>': 'step-epoch',
}

const hasOwnUndo = (element: EventTarget | null): boolean =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement && element.type !== 'checkbox')

/**
 * The command of a key press, or nothing. The native menu has the same keys; a press that is handled here never gets
 * there. Undo and redo belong to the text field while one has the focus.
 */
export function commandOf(event: KeyboardEvent): MenuCommand | undefined {
  const isMac = window.nabla.facts.platform === 'darwin'
  if (!(isMac ? event.metaKey : event.ctrlKey) || event.altKey) return undefined
  const panel = event.shiftKey ? undefined : panels[Number(event.key) - 1]
  if (panel) return `panel:${panel}`
  const command = (event.shiftKey ? shiftKeys : plainKeys)[event.key.toLowerCase()]
  return (command === 'undo' || command === 'redo') && hasOwnUndo(event.target) ? undefined : command
}

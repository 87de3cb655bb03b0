import { shallowRef } from 'vue'
import type { MenuCommand, MenuState } from '../../electron/contract/menu'

/**
 * Commands of the native menu and of the keyboard, by name. Whoever can carry one out registers it, so the shell need not
 * know the panels: `onCommand('save', save)`. The last one registered counts. Returns the way to take it back.
 */
const handlers = new Map<MenuCommand, () => unknown>()

export function onCommand(command: MenuCommand, act: () => unknown): () => void {
  handlers.set(command, act)
  return () => {
    if (handlers.get(command) === act) handlers.delete(command)
  }
}

/** @returns whether anybody carried it out */
export function runCommand(command: MenuCommand): boolean {
  const act = handlers.get(command)
  act?.()
  return act !== undefined
}

/** What File > Export offers: set by the export panel's module, with an `onCommand('export:ID', …)` for each. */
export const exportsOffered = shallowRef<MenuState['exports']>([])

import { startDictionaries } from './dictionary'
import { readSettings } from './settings'

/** Begins a table whose settings stand at this address. */
export function configure(settings: usize): void {
  readSettings(settings)
  startDictionaries()
}

import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Settings } from '../../electron/contract/settings'
import { desktop } from '../desktop'

/** What the lab remembers between starts, as far as the page has to know it. */
export const useSettings = defineStore('settings', () => {
  const sameBits = ref(false)
  const take = (settings: Settings): void => void (sameBits.value = settings.sameBits)
  desktop.onSettings(take)
  /** Resolves when they are known. */
  const loaded = desktop.getSettings().then(take)
  const setSameBits = async (on: boolean): Promise<void> => take(await desktop.setSettings({ sameBits: on }))
  return { sameBits, loaded, setSameBits }
})

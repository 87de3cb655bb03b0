import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { PanelName } from '../../electron/contract/menu'

/** Which panel is shown. With no experiment open the welcome page is, whatever this says. */
export const useWindow = defineStore('window', () => {
  const panel = ref<PanelName>('data')
  const show = (name: PanelName): void => void (panel.value = name)
  return { panel, show }
})

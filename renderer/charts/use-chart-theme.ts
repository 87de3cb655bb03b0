import { shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import { darkTheme, lightTheme } from '../../core/charts/theme'
import type { ChartTheme } from '../../core/charts/theme'

const system = window.matchMedia('(prefers-color-scheme: dark)')

function current(): ChartTheme {
  const named = document.documentElement.dataset.theme
  const dark = named === undefined ? system.matches : named === 'dark'
  return dark ? darkTheme : lightTheme
}

const theme = shallowRef(current())
const update = (): void => void (theme.value = current())
system.addEventListener('change', update)
new MutationObserver(update).observe(document.documentElement, { attributeFilter: ['data-theme'] })

/** The chart colours that go with the window's: it follows the system, or the root's `data-theme`. */
export const useChartTheme = (): Readonly<ShallowRef<ChartTheme>> => theme

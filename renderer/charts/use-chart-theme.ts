import { shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import { darkTheme, lightTheme } from '../../core/charts/theme'
import type { ChartTheme } from '../../core/charts/theme'

const system = window.matchMedia('(prefers-color-scheme: dark)')

const current = (): ChartTheme => (system.matches ? darkTheme : lightTheme)

const theme = shallowRef(current())
system.addEventListener('change', () => (theme.value = current()))

/** The chart colours that go with the window's, which follow the system's theme or the one chosen in the menu. */
export const useChartTheme = (): Readonly<ShallowRef<ChartTheme>> => theme

/**
 * Colours and letters of a chart: the same as the window's tokens (renderer/styles/tokens.css, a test compares them).
 * The series colours stay apart for the common kinds of colour blindness.
 */
export interface ChartTheme {
  readonly name: 'light' | 'dark'
  /** True for pictures that stand alone (files): they carry their title. In the window the page shows it. */
  readonly titled: boolean
  readonly font: string
  readonly surface: string
  readonly text: string
  readonly muted: string
  /** Lines of the axes. */
  readonly line: string
  /** Lines behind the data. */
  readonly grid: string
  readonly train: string
  readonly validation: string
  readonly test: string
  /** From "none" to "all", both ends and stops between evenly spaced, `#rrggbb`. */
  readonly ramp: readonly string[]
}

// Single quotes: in an SVG file the list stands inside a double-quoted attribute.
const font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"

export const lightTheme: ChartTheme = {
  name: 'light',
  titled: false,
  font,
  surface: '#ffffff',
  text: '#1b1b23',
  muted: '#51515d',
  line: '#8d8d9c',
  grid: '#e9e9ef',
  train: '#5146d6',
  validation: '#d9780f',
  test: '#0f8a7e',
  ramp: ['#f6f6fb', '#d3d0f5', '#a09bea', '#5146d6', '#2c2391'],
}

export const darkTheme: ChartTheme = {
  name: 'dark',
  titled: false,
  font,
  surface: '#1a1a21',
  text: '#ececf2',
  muted: '#b6b6c3',
  line: '#707080',
  grid: '#2b2b35',
  train: '#938bff',
  validation: '#f0a04b',
  test: '#3fc2b4',
  ramp: ['#22222b', '#37346b', '#5b52c4', '#938bff', '#cfcbff'],
}

/** The same colours for a picture that stands alone in a file. */
export const standalone = (theme: ChartTheme): ChartTheme => ({ ...theme, titled: true })

import type { EChartsOption } from 'echarts'
import type { ChartTheme } from './theme'

/** The numbers behind a chart, for CSV and for the table that stands in for the picture. null is "no value". */
export interface ChartTable {
  readonly header: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

/**
 * One chart: a pure function from data to an ECharts option, so that the window and the command line draw the same
 * picture, with two twins of it that need no eyes.
 */
export interface ChartKind<Feed> {
  /** Name in files and lists; equals the name of the kind's file. */
  readonly id: string
  readonly title: string
  /** One or two sentences: what it shows and how to read it. */
  readonly help: string
  /** `square` charts compare two axes of the same measure. */
  readonly shape: 'wide' | 'square'
  option(feed: Feed, theme: ChartTheme): EChartsOption
  table(feed: Feed): ChartTable
  /** One or two sentences that say what the picture shows, for screen readers. */
  describe(feed: Feed): string
}

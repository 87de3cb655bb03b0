import { toCsv } from '../../core/charts/csv'
import type { RunChart } from '../../core/charts/run-charts'
import { lightTheme, standalone } from '../../core/charts/theme'
import type { ChartTheme } from '../../core/charts/theme'
import { init } from './echarts'

/** A form that a chart can be saved in. */
export interface PictureFormat {
  readonly id: string
  readonly label: string
  /** Without the dot. */
  readonly extension: string
  bytes(chart: RunChart): Promise<Uint8Array>
}

/** Files are made for paper: light colours, with their title, at a fixed size whatever the window's is. */
const paper = standalone(lightTheme)
const sizes = { wide: { width: 960, height: 540 }, square: { width: 760, height: 700 } }

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

const drawSvg = (chart: RunChart, theme: ChartTheme, size: { width: number; height: number }): string => {
  const drawn = init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    drawn.setOption(chart.option(theme))
    return drawn.renderToSVGString()
  } finally {
    drawn.dispose()
  }
}

/** The picture as SVG text. */
export const toSvg = (chart: RunChart): string => drawSvg(chart, paper, sizes[chart.shape])

/** A glimpse of the picture for a list, without its title. */
export const toThumbnail = (chart: RunChart): string =>
  drawSvg(
    chart,
    lightTheme,
    chart.shape === 'wide' ? { width: 320, height: 200 } : { width: 280, height: 260 },
  )

/** The picture as PNG, two dots for each unit of its size. */
export async function toPng(chart: RunChart): Promise<Uint8Array> {
  const drawn = init(document.createElement('div'), null, { devicePixelRatio: 2, ...sizes[chart.shape] })
  try {
    drawn.setOption(chart.option(paper))
    const canvas = drawn.renderToCanvas({ pixelRatio: 2, backgroundColor: paper.surface })
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (!blob) throw new Error('the picture could not be encoded as PNG')
    return new Uint8Array(await blob.arrayBuffer())
  } finally {
    drawn.dispose()
  }
}

export const pictureFormats: readonly PictureFormat[] = [
  { id: 'png', label: 'PNG', extension: 'png', bytes: toPng },
  { id: 'svg', label: 'SVG', extension: 'svg', bytes: (chart) => Promise.resolve(encode(toSvg(chart))) },
  {
    id: 'csv',
    label: 'CSV',
    extension: 'csv',
    bytes: (chart) => Promise.resolve(encode(toCsv(chart.table()))),
  },
]

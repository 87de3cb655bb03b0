import type { EChartsOption } from 'echarts'

/**
 * A chart as an SVG document, drawn without a browser. The option is the one that the window draws; only motion is
 * taken out of it.
 */
export async function renderSvg(option: EChartsOption, width: number, height: number): Promise<string> {
  const { init } = await import('echarts')
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({ ...option, animation: false })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

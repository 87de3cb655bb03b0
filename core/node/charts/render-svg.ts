import type { EChartsOption } from 'echarts'

/**
 * A chart as an SVG document, drawn without a browser. The option is the one that the window draws; only motion is
 * taken out of it.
 */
export async function renderSvg(option: EChartsOption, width: number, height: number): Promise<string> {
  const { init } = await import('./echarts')
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({ ...option, animation: false })
    return withSteadyNames(chart.renderToSVGString({ useViewBox: true }))
  } finally {
    chart.dispose()
  }
}

/** ECharts counts its ids on from picture to picture; numbered anew, the same chart gives the same bytes. */
function withSteadyNames(svg: string): string {
  const names = new Map<string, string>()
  return svg.replace(/\bzr\d+-([a-z]+)-?\d+/g, (name, kind: string) => {
    const steady = names.get(name) ?? `${kind}-${names.size}`
    names.set(name, steady)
    return steady
  })
}

import * as echarts from 'echarts'
import type { EChartsOption } from 'echarts'
import { vi } from 'vitest'

/** Draws an option as SVG and returns it with everything that the chart library complained about. */
export function render(
  option: EChartsOption,
  width = 720,
  height = 420,
): { svg: string; complaints: string[] } {
  const complaints: string[] = []
  const listen = (...given: unknown[]) => void complaints.push(given.join(' '))
  const spies = (['warn', 'error', 'log'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation(listen),
  )
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption(option)
    return { svg: chart.renderToSVGString(), complaints }
  } finally {
    chart.dispose()
    spies.forEach((spy) => spy.mockRestore())
  }
}

import { runCharts } from '../../charts/run-charts'
import { plainView } from '../../charts/curves'
import { lightTheme } from '../../charts/theme'
import type { Evaluation } from '../../protocol/contract'
import { renderSvg } from '../charts/render-svg'
import { yieldToMessages } from '../worker/yield-to-messages'
import type { RunHistory } from '../../charts/history'
import type { RunFolder } from './run-folder'

/** Pixels of a chart's file. */
const sizes = { wide: [860, 440], square: [560, 560] } as const

/** Writes `charts/*.svg`: the pictures that the window shows of a run, titled, on white. */
export async function saveCharts(
  folder: RunFolder,
  history: RunHistory,
  evaluation: Evaluation,
): Promise<void> {
  const theme = { ...lightTheme, titled: true }
  for (const chart of runCharts(history, evaluation, plainView)) {
    const [width, height] = sizes[chart.shape]
    // A second Ctrl-C must be heard between two charts.
    await yieldToMessages()
    folder.chart(chart.id, await renderSvg(chart.option(theme), width, height))
  }
}

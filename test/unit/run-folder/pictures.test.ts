import { expect, it } from 'vitest'
import { lossCurves } from '../../../core/charts/loss-curves'
import { plainView } from '../../../core/charts/curves'
import { lightTheme } from '../../../core/charts/theme'
import { renderPng } from '../../../core/node/charts/render-png'
import { renderSvg } from '../../../core/node/charts/render-svg'
import type { EpochEvent } from '../../../core/training/events'

const epochs = Array.from({ length: 30 }, (_, i): EpochEvent => ({
  type: 'epoch',
  epoch: i + 1,
  step: i + 1,
  seconds: i,
  learningRate: 0.1,
  train: { loss: 1 / (i + 1) },
  validation: { loss: 1.2 / (i + 1) },
  best: true,
}))

it('draws a chart of the window as SVG and PNG, without a browser', async () => {
  const option = lossCurves.option({ epochs, batches: [], view: plainView }, { ...lightTheme, titled: true })
  const svg = await renderSvg(option, 860, 440)
  expect(svg).toContain('viewBox="0 0 860 440"')
  expect(svg).not.toMatch(/url\(#zr/)
  expect(svg).toContain('>Training</text>')
  expect(svg).toContain(lightTheme.validation)
  const png = await renderPng(svg, 2)
  const view = new DataView(png.buffer, png.byteOffset)
  expect([...png.subarray(1, 4)]).toEqual([...Buffer.from('PNG')])
  expect([view.getUint32(16), view.getUint32(20)]).toEqual([1720, 880])
  // A picture without letters and lines is far smaller.
  expect(png.length).toBeGreaterThan(20_000)
  // The same numbers give the same bytes.
  expect(await renderSvg(option, 860, 440)).toBe(svg)
})

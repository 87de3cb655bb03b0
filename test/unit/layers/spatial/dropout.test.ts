import { describe, expect, it } from 'vitest'
import { createReferenceBackend } from '../../../../core/backends/reference/reference-backend'
import { createWasmBackend } from '../../../../core/backends/wasm/wasm-backend'
import { sizeOf } from '../../../../core/graph/shape'
import { feed, loadLayer } from './run-layer'

const input = [20, 3, 4, 50]
const [places, channels] = [12, 50]
const values = Array.from({ length: sizeOf(input) }, (_, i) => 1 + (i % 7) / 8)
const ones = new Array<number>(values.length).fill(1)

function run(rate: number, { training = true, step = 0, backend = createReferenceBackend() } = {}) {
  const program = loadLayer({ type: 'spatial-dropout', settings: { rate }, input }, ones, backend, training)
  feed(program, { x: values }, step)
  return { y: [...program.output('y')], dx: [...program.output('d x')] }
}

const isDropped = (y: readonly number[], row: number, channel: number): boolean =>
  y[row * places * channels + channel] === 0

describe('spatial dropout', () => {
  it('drops whole channels of each row by itself, and scales the rest', () => {
    const { y, dx } = run(0.25)
    y.forEach((value, i) => {
      const dropped = isDropped(y, Math.floor(i / (places * channels)), i % channels)
      expect(value).toBeCloseTo(dropped ? 0 : values[i]! / 0.75, 12)
      expect(dx[i]).toBeCloseTo(dropped ? 0 : 1 / 0.75, 12)
    })
  })

  it('drops the rate’s share of channels', () => {
    const { y } = run(0.25)
    const draws = input[0]! * channels
    let dropped = 0
    for (let row = 0; row < input[0]!; row++)
      for (let channel = 0; channel < channels; channel++) dropped += Number(isDropped(y, row, channel))
    expect(Math.abs(dropped - 0.25 * draws)).toBeLessThan(5 * Math.sqrt(draws * 0.25 * 0.75))
  })

  it('draws anew in each step, the same on each backend', () => {
    const first = run(0.5).y
    expect(run(0.5).y).toEqual(first)
    expect(run(0.5, { step: 1 }).y).not.toEqual(first)
    expect(run(0.5, { backend: createWasmBackend() }).y).toEqual(first)
  })

  it('does nothing outside training, or at a rate of 0', () => {
    expect(run(0.9, { training: false }).y).toEqual(values)
    expect(run(0).y).toEqual(values)
  })
})

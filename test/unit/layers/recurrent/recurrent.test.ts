import { describe, expect, it } from 'vitest'
import { createWasmBackend } from '../../../../core/backends/wasm/wasm-backend'
import { LabError } from '../../../../core/errors/lab-error'
import { initialParameters } from '../../../../core/network/parameters'
import { createRandom } from '../../../../core/random/create-random'
import goldens from '../../../goldens/recurrent.json'
import { checkGradients } from '../check-gradient'
import { compareWithPyTorch } from '../compare-golden'
import { compileLayer, networkOf } from '../compile-layer'

const types = ['simple-rnn', 'gru', 'lstm']

describe('recurrent layers', () => {
  compareWithPyTorch(goldens.cases)

  checkGradients(
    types.flatMap((type) => [
      { entry: { type, units: 3 }, shape: [4, 2] },
      { entry: { type, units: 2, output: 'all' }, shape: [5, 3] },
      { entry: { type, units: 2, bidirectional: true, output: 'all' }, shape: [3, 2] },
      { entry: { type, units: 2, bidirectional: true }, shape: [1, 2] },
    ]),
  )

  it.each(types)('%s refuses what is not a sequence, and tells of reshape', (type) => {
    for (const shape of [[6], [2, 3, 4]]) {
      expect(() => networkOf({ type }, shape)).toThrow(LabError)
      try {
        networkOf({ type }, shape)
      } catch (error) {
        expect((error as LabError).place.path).toBe('network.0')
        expect((error as LabError).advice).toContain('"reshape"')
      }
    }
  })

  it.each(types)(
    '%s starts as in Keras: Glorot, orthogonal, and biases 0 but for a forget bias of 1',
    (type) => {
      const [units, features] = [12, 5]
      const { layout } = networkOf({ type, units, bidirectional: true }, [3, features])
      const values = initialParameters(layout, createRandom(2))
      const startOf = (name: string) => {
        const { offset, size, shape } = layout.parameters.find(
          (placed) => placed.name === `1.${type}.${name}`,
        )!
        return { start: values.subarray(offset, offset + size), width: shape.at(-1)! }
      }
      for (const suffix of ['', 'Reverse']) {
        const { start: kernel, width } = startOf(`inputWeights${suffix}`)
        const limit = Math.sqrt(6 / (features + width))
        const largest = kernel.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
        expect(largest).toBeLessThanOrEqual(limit)
        expect(largest).toBeGreaterThan(0.9 * limit)
        const recurrent = startOf(`recurrentWeights${suffix}`).start
        for (let i = 0; i < units; i++)
          for (let k = 0; k <= i; k++) {
            const row = (at: number) => recurrent.subarray(at * width, (at + 1) * width)
            const product = row(i).reduce((sum, x, j) => sum + x * row(k)[j]!, 0)
            expect(product).toBeCloseTo(Number(i === k), 12)
          }
        // Keras's order of gates is ours: input, forget, cell, output.
        const wanted = Array.from({ length: width }, (_, at) =>
          Number(type === 'lstm' && at >= units && at < 2 * units),
        )
        expect([...startOf(`inputBias${suffix}`).start]).toEqual(wanted)
        expect(new Set(startOf(`recurrentBias${suffix}`).start)).toEqual(new Set([0]))
      }
      expect(startOf('inputWeights').start).not.toEqual(startOf('inputWeightsReverse').start)
    },
  )

  it.each(types)(
    '%s over 100 steps is ready to run in moments, and its cost grows with the steps only',
    (type) => {
      const begin = performance.now()
      const long = compileLayer({ type, units: 32 }, [100, 8], 32, { backend: createWasmBackend() })
      expect(performance.now() - begin).toBeLessThan(15_000)
      const short = compileLayer({ type, units: 32 }, [50, 8], 32)
      expect(long.calls / short.calls).toBeLessThan(2.1)
      const { output } = long.run(new Float32Array(32 * 100 * 8).fill(0.1))
      expect(output.every(Number.isFinite)).toBe(true)
    },
  )
})

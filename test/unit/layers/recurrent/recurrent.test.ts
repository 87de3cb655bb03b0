import { describe, expect, it } from 'vitest'
import { createWasmBackend } from '../../../../core/backends/wasm/wasm-backend'
import { LabError } from '../../../../core/errors/lab-error'
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

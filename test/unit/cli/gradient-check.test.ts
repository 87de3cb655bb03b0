import { expect, it } from 'vitest'
import type { Backend } from '../../../core/backends/backend'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import { checkGradient } from '../../../core/calculus/gradient-check'
import { initialParameters } from '../../../core/network/parameters'
import { resolveNetwork } from '../../../core/network/resolve'
import { createRandom } from '../../../core/random/create-random'

/** A backend whose gradients are wrong by one part in 100,000. */
const slightlyWrong = (backend: Backend): Backend => ({
  ...backend,
  createStore: (sizes) => backend.createStore(sizes),
  load: (plan, store) => {
    const program = backend.load(plan, store)
    const output = (name: string) => {
      const values = program.output(name)
      return name === 'gradient' ? values.map((value) => value * (1 + 1e-5)) : values
    }
    return { input: (name) => program.input(name), run: (seed) => program.run(seed), output }
  },
})

function worst(backend: Backend): number {
  const target = { type: 'number', column: 'y' } as const
  const layers = [{ type: 'dense', units: 4 }, { type: 'tanh' }, { type: 'output' }]
  const network = resolveNetwork({ layers, inputs: 3, target })
  const random = createRandom(5)
  const entries = checkGradient({
    network,
    backend,
    parameters: initialParameters(network.layout, random.split('parameters')),
    rows: 6,
    features: Float64Array.from({ length: 18 }, () => random.normal()),
    targets: Float64Array.from({ length: 6 }, () => random.normal()),
    random,
    samples: 4,
  })
  expect(entries.length).toBe(4 + 4 + 4 + 1)
  return Math.max(...entries.map((entry) => entry.relativeError))
}

it('passes the derivative table, and sees an error of one part in 100,000', () => {
  expect(worst(createReferenceBackend())).toBeLessThan(1e-8)
  expect(worst(slightlyWrong(createReferenceBackend()))).toBeGreaterThan(9e-6)
})

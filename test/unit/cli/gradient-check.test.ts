import { expect, it } from 'vitest'
import type { Backend } from '../../../core/backends/backend'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import { checkGradient, type GradientCheckEntry } from '../../../core/calculus/gradient-check'
import type { LayerEntry } from '../../../core/experiment/schema'
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
    return {
      input: (name) => program.input(name),
      run: (seed) => program.run(seed),
      parts: () => program.parts(),
      release: () => program.release(),
      output,
    }
  },
})

const smooth = [{ type: 'dense', units: 4 }, { type: 'tanh' }, { type: 'output' }]

function entriesOf(backend: Backend, layers: readonly LayerEntry[], seed: number): GradientCheckEntry[] {
  const target = { type: 'number', column: 'y' } as const
  const network = resolveNetwork({ layers, inputs: 3, target })
  const random = createRandom(seed)
  return checkGradient({
    network,
    backend,
    parameters: initialParameters(network.layout, random.split('parameters')),
    rows: 6,
    features: Float64Array.from({ length: 18 }, () => random.normal()),
    targets: Float64Array.from({ length: 6 }, () => random.normal()),
    random,
    samples: 4,
  })
}

const worstOf = (entries: readonly GradientCheckEntry[]): number =>
  Math.max(...entries.map((entry) => entry.relativeError ?? Infinity))

it('passes the derivative table, and sees an error of one part in 100,000', () => {
  const entries = entriesOf(createReferenceBackend(), smooth, 5)
  expect(entries.length).toBe(4 + 4 + 4 + 1)
  expect(worstOf(entries)).toBeLessThan(1e-8)
  expect(worstOf(entriesOf(slightlyWrong(createReferenceBackend()), smooth, 5))).toBeGreaterThan(9e-6)
})

it('is not misled by rounding where a parameter changes nothing, as a bias before a batch normalization', () => {
  const layers = [{ type: 'dense', units: 4 }, { type: 'batch-norm' }, { type: 'tanh' }, { type: 'output' }]
  for (let seed = 0; seed < 40; seed++) {
    const entries = entriesOf(createReferenceBackend(), layers, seed)
    const idle = entries.filter(({ parameter }) => parameter === '1.dense.bias')
    expect(idle.length).toBe(4)
    expect([seed, worstOf(idle) < 1e-6]).toEqual([seed, true])
  }
})

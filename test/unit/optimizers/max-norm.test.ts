import { describe, expect, it } from 'vitest'
import type { Backend } from '../../../core/backends/backend'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import type { LayerEntry } from '../../../core/experiment/schema'
import { Graph } from '../../../core/graph/graph'
import { state } from '../../../core/graph/ops'
import { planGraph } from '../../../core/graph/planner'
import { layers } from '../../../core/layers/registry'
import { PARAMETERS } from '../../../core/network/forward'
import { resolveNetwork, type ResolvedNetwork } from '../../../core/network/resolve'
import { maxNorm } from '../../../core/optimizers/parts/max-norm'
import { createRandom } from '../../../core/random/create-random'
import { fastBackends } from '../backends/fast-backends'
import goldens from '../../goldens/max-norm.json'
import { expectNear } from '../kinds/run'
import { networkOf } from '../layers/compile-layer'

interface Golden {
  readonly entry: LayerEntry
  readonly shape: readonly number[]
  readonly limit: number
  readonly before: Readonly<Record<string, number[]>>
  readonly after: Readonly<Record<string, number[]>>
}

const cases = goldens.cases as unknown as readonly Golden[]

const target = { type: 'number', column: 'y' } as const

const networkFor = ({ entry, shape }: Pick<Golden, 'entry' | 'shape'>): ResolvedNetwork =>
  entry.type === 'output'
    ? resolveNetwork({ layers: [entry], inputs: shape[0]!, target })
    : networkOf(entry, shape)

/** Every parameter held in bounds, in layout order. */
function limitedOf(
  { layout }: ResolvedNetwork,
  values: Float64Array,
  limit: number,
  backend: Backend = createReferenceBackend(),
) {
  const graph = new Graph()
  const parameters = state(graph, PARAMETERS, [layout.size])
  const limited = maxNorm(limit)(parameters, { layout, parameters })
  const plan = planGraph({ graph, outputs: { limited } })
  const store = backend.createStore({ ...plan.states, [PARAMETERS]: layout.size })
  store.write(PARAMETERS, values)
  const program = backend.load(plan, store)
  program.run({ key: [0, 0], step: 1 })
  return [...program.output('limited')]
}

describe('max-norm', () => {
  it.each(cases)('holds the units of $entry.type as PyTorch’s renorm does', (golden) => {
    const network = networkFor(golden)
    const random = createRandom(3)
    const [before, after] = [golden.before, golden.after].map((known) =>
      network.layout.parameters.flatMap(({ name, size, layer }) => {
        const own = name.slice(network.layers[layer]!.name.length + 1)
        const rest = random.split(name)
        return known[own] ?? Array.from({ length: size }, () => 3 * rest.normal())
      }),
    ) as [number[], number[]]
    expect(before).not.toEqual(after)
    const values = Float64Array.from(before)
    // What is not named drew the same numbers twice: biases go through as they are.
    const wanted = [...after]
    expectNear(limitedOf(network, values, golden.limit), wanted, 1e-12)
    for (const [, createBackend] of fastBackends)
      expectNear(limitedOf(network, values, golden.limit, createBackend()), wanted, 1e-5)
  })

  it('has numbers from PyTorch for every kind of layer that has weights', () => {
    const shapes = [[6], [4, 6], [4, 4, 6]]
    const weighty = layers.list.filter(({ type }) =>
      shapes.some((shape) => {
        try {
          const { layout } = networkFor({ entry: layers.create(type), shape })
          return layout.parameters.some(({ spec }) => spec.unitAxis !== undefined)
        } catch {
          return false
        }
      }),
    )
    const proven = new Set(cases.map(({ entry }) => entry.type))
    // A parallel block has none of its own.
    expect(weighty.map(({ type }) => type).filter((type) => !proven.has(type))).toEqual(['parallel'])
  })

  it('leaves the scales of a normalization alone, also where they have several axes', () => {
    const network = networkOf({ type: 'layer-norm', over: 'all-axes' }, [3, 4])
    const values = new Float64Array(network.layout.size).fill(5)
    expect(limitedOf(network, values, 1)).toEqual([...values])
  })
})

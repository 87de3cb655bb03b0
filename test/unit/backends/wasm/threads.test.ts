import { afterAll, describe, expect, test } from 'vitest'
import type { Backend } from '../../../../core/backends/backend'
import { invoke } from '../../../../core/backends/wasm/invocation'
import { encodeParts } from '../../../../core/backends/wasm/program-module'
import { Team } from '../../../../core/backends/wasm/threads/team'
import { createWasmBackend } from '../../../../core/backends/wasm/wasm-backend'
import { kernelsModule } from '../../../../core/backends/wasm/kernels-instance'
import { LinearMemory, MOST_PAGES } from '../../../../core/backends/wasm/linear-memory'
import { LabError } from '../../../../core/errors/lab-error'
import type { LayerEntry } from '../../../../core/experiment/schema'
import { createTrainingBackend } from '../../../../core/node/backend'
import { startHelper } from '../../../../core/node/threads/start-helper'
import { initialState, stateBuffers, writeState } from '../../../../core/network/network-state'
import { scalarInput, trainingPlan, updateBuffers } from '../../../../core/network/plans'
import { resolveNetwork } from '../../../../core/network/resolve'
import { adam } from '../../../../core/optimizers/adam'
import { optimizers } from '../../../../core/optimizers/registry'
import { createRandom } from '../../../../core/random/create-random'
import { numbers } from './plans'

const target = { type: 'category', column: 'y', classes: ['a', 'b', 'c'], offset: 0, factor: 1 } as const

interface Network {
  readonly inputs: number
  readonly batch: number
  readonly layers: readonly LayerEntry[]
}

/** Wide enough that products, convolutions, pools, sums, functions and updates all have parts. */
const networks: Record<string, Network> = {
  dense: {
    inputs: 150,
    batch: 131,
    layers: [
      { type: 'dense', units: 301 },
      { type: 'tanh' },
      { type: 'dense', units: 130 },
      { type: 'relu' },
    ],
  },
  conv: {
    inputs: 20 * 20,
    batch: 37,
    layers: [
      { type: 'reshape', shape: [20, 20, 1] },
      { type: 'conv2d', filters: 8, kernel: 3, padding: 'same' },
      { type: 'batch-norm' },
      { type: 'gelu' },
      { type: 'max-pool2d' },
      { type: 'conv2d', filters: 12, kernel: 3 },
      { type: 'relu' },
      { type: 'dropout' },
      { type: 'flatten' },
    ],
  },
  gru: {
    inputs: 12 * 6,
    batch: 90,
    layers: [
      { type: 'reshape', shape: [12, 6] },
      { type: 'gru', units: 90 },
    ],
  },
}

/** Parameters and predictions after some steps of training. */
function train({ inputs, batch, layers }: Network, backend: Backend): number[] {
  const network = resolveNetwork({
    layers: [...layers, { type: 'output' }],
    loss: { type: 'softmax-cross-entropy' },
    inputs,
    target,
  })
  const optimizer = { kind: adam, config: optimizers.parse({ type: 'adam' }, 'optimizer') }
  const store = backend.createStore({ ...stateBuffers(network), ...updateBuffers(network, optimizer) })
  writeState(store, initialState(network, createRandom(5)))
  const program = backend.load(trainingPlan(network, optimizer, batch), store)
  const next = numbers(11)
  for (let step = 1; step <= 3; step++) {
    program.input('features').forEach((_, i, features) => (features[i] = 2 * next() - 1))
    program.input('targets').forEach((_, i, targets) => (targets[i] = Number(i % 3 === step % 3)))
    program.input(scalarInput('stepSize'))[0] = 0.001
    program.input(scalarInput('correction'))[0] = 1
    program.run({ key: [1, 2], step })
  }
  return [...store.read('parameters'), ...program.output('prediction')]
}

describe.each(Object.entries(networks))('%s', (_, network) => {
  const alone = train(network, createTrainingBackend())
  const backends: Backend[] = []
  afterAll(() => backends.forEach((backend) => backend.close?.()))

  test.each([2, 3, 5])('has the bits of one thread with %i', (threads) => {
    const backend = createTrainingBackend(threads)
    backends.push(backend)
    for (let again = 0; again < 3; again++) expect(train(network, backend)).toEqual(alone)
  })

  test('has them with every step shared out that can be', () => {
    const backend = createTrainingBackend(3, 0)
    backends.push(backend)
    expect(train(network, backend)).toEqual(alone)
  })

  test('has them too when no helper comes', () => {
    let asked = 0
    const threads = { count: 4, start: () => void asked++ }
    expect(train(network, createWasmBackend({ threads }))).toEqual(alone)
    expect(asked).toBe(3)
  })

  test('has them too when helpers are sent away midway', () => {
    const backend = createTrainingBackend(2)
    expect(train(network, backend)).toEqual(alone)
    backend.close?.()
    expect(train(network, backend)).toEqual(alone)
  })
})

test('small networks start no helper', () => {
  let asked = 0
  const backend = createWasmBackend({ threads: { count: 4, start: () => void asked++ } })
  train({ inputs: 4, batch: 8, layers: [{ type: 'dense', units: 16 }, { type: 'relu' }] }, backend)
  expect(asked).toBe(0)
})

describe('a team', () => {
  const memory = new LinearMemory(true)
  const setup = { memory: memory.memory, kernels: kernelsModule(true) }

  /** Long enough for a thread to begin. */
  const busy = (): number => {
    const end = performance.now() + 20
    while (performance.now() < end);
    return 0
  }

  test('shares parts out, and each is done once', () => {
    const team = new Team({ count: 2, start: startHelper }, setup)
    const places = Array.from({ length: 128 }, () => memory.allocate(4))
    const parts = places.map((place) => [invoke('copyRow', memory.words([1]), place, 1)])
    const bytes = encodeParts([{ parts: [] }, { parts }], MOST_PAGES)
    const own: number[] = []
    const mine = places.map((_, part) => () => {
      own.push(part)
      return busy()
    })
    team.use({ parts: mine, address: memory.bytes(bytes), bytes: bytes.length })
    team.split(0, 128)
    const done = places.map((place) => new Int32Array(memory.memory.buffer, place, 1)[0])
    expect(own.length).toBeLessThan(128)
    expect(done).toEqual(places.map((_, part) => (own.includes(part) ? 0 : 1)))
    team.close()
  }, 60_000)

  test('says so when a helper fails', () => {
    const team = new Team({ count: 2, start: startHelper }, setup)
    const address = memory.bytes(Uint8Array.of(1, 2, 3))
    team.use({ parts: new Array<() => number>(128).fill(busy), address, bytes: 3 })
    expect(() => team.split(0, 128)).toThrow(LabError)
    team.close()
  }, 60_000)
})

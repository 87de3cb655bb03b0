import { mkdtempSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWasmBackend } from '../../../core/backends/wasm/wasm-backend'
import { LabError } from '../../../core/errors/lab-error'
import { filesOf, preparedOf, readData, writeData } from '../../../core/node/bench/workload-data'
import { experimentOf, workloads, type Workload } from '../../../core/node/bench/workloads'
import { prepareSteps } from '../../../core/training/steps'
import { createRandom } from '../../../core/random/create-random'

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'nabla-bench-test-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const small = (workload: Workload): Workload => ({ ...workload, rows: Math.min(workload.rows, 60) })

/** Counted by hand from the peers' networks: weights and biases of each layer. */
const parameters: Readonly<Record<string, number>> = {
  w1: 4 * 16 + 16 + 16 * 3 + 3,
  w2: 30 * 128 + 128 + 128 * 64 + 64 + 64 + 1,
  w3: 784 * 256 + 256 + 256 * 128 + 128 + 128 * 10 + 10,
  w4: 784 * 1024 + 1024 + 1024 * 1024 + 1024 + 1024 * 10 + 10,
  w5: 9 * 16 + 16 + 9 * 16 * 32 + 32 + 7 * 7 * 32 * 10 + 10,
  w6: 3 * (8 * 64 + 64 * 64 + 64 + 64) + 64 + 1,
}

describe.each(workloads.map((workload) => [workload.id, workload] as const))('%s', (id, whole) => {
  const workload = small(whole)

  it('is the network that the peers train', () => {
    const data = preparedOf(workload, workload.recipe(workload.rows, createRandom(1)))
    const steps = prepareSteps({ experiment: experimentOf(workload), data, backend: createWasmBackend() })
    expect(steps.parameters).toBe(parameters[id])
    expect(steps.batchSize).toBe(Math.min(workload.batchSize, workload.rows))
  })

  it('has the rows, columns and kind of target that it says, in four decimals', () => {
    const { features, targets } = workload.recipe(workload.rows, createRandom(1))
    expect([features.length, targets.length]).toEqual([workload.rows * workload.inputs, workload.rows])
    expect(features.every((value) => Math.abs(value * 1e4 - Math.round(value * 1e4)) < 0.01)).toBe(true)
    if (workload.task === 'number') return
    const classes = workload.task === 'binary' ? 2 : workload.units
    expect(targets.every((label) => Number.isInteger(label) && label >= 0 && label < classes)).toBe(true)
  })

  it('comes back from its files as it was made, each time the same', () => {
    writeData(folder, workload)
    const first = readData(folder, workload)
    writeData(folder, workload)
    expect(readData(folder, workload)).toEqual(first)
    expect(first).toEqual(workload.recipe(workload.rows, createRandom(1).split(id)))
  })
})

it('can be learned: each loss falls', () => {
  for (const whole of workloads) {
    const workload = { ...small(whole), learningRate: 0.003, batchSize: 20 }
    const data = preparedOf(workload, workload.recipe(workload.rows, createRandom(1)))
    const steps = prepareSteps({ experiment: experimentOf(workload), data, backend: createWasmBackend() })
    steps.begin(1)
    const before = steps.score().loss!
    for (let epoch = 0; epoch < 10; epoch++) expect(steps.epoch()).toBe(Math.ceil(workload.rows / 20))
    expect([workload.id, steps.score().loss! < 0.9 * before]).toEqual([workload.id, true])
  }
}, 60_000)

it('begins anew with the same bits, and otherwise with another seed', () => {
  const [workload] = workloads
  const data = preparedOf(workload!, workload!.recipe(150, createRandom(1)))
  const steps = prepareSteps({ experiment: experimentOf(workload!), data, backend: createWasmBackend() })
  const trained = (seed: number): number => {
    steps.begin(seed)
    for (let epoch = 0; epoch < 5; epoch++) steps.epoch()
    return steps.score().loss!
  }
  const [first, other, again] = [trained(1), trained(2), trained(1)]
  expect(again).toBe(first)
  expect(other).not.toBe(first)
})

it('tells which file of a given folder does not hold the numbers', () => {
  const workload = small(workloads[0]!)
  expect(() => readData(folder, workload)).toThrow(LabError)
  writeData(folder, workload)
  truncateSync(join(folder, filesOf(workload).features), 100)
  expect(() => readData(folder, workload)).toThrow(/100 bytes/)
})

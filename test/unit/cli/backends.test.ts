import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunRecord } from '../../../core/node/run-folder/run-record'
import { onnxRuntime } from '../backends/fast-backends'
import { nabla, type CliAnswer } from './run-in-test'

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'nabla-cli-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const run = (...typed: string[]): Promise<CliAnswer> => nabla({ folder }, ...typed)
const recordOf = (name: string): RunRecord =>
  JSON.parse(readFileSync(join(folder, name, 'run.json'), 'utf8')) as RunRecord

/** Where other processors may differ in the last bits only, and these are none of two that agree by chance. */
beforeEach(() => {
  const experiment = {
    nabla: 1,
    name: 'iris',
    data: { source: 'sample:iris' },
    network: [{ type: 'dense', units: 24 }, { type: 'tanh' }, { type: 'output' }],
    training: { epochs: 20, earlyStopping: null },
  }
  writeFileSync(join(folder, 'iris.nabla.json'), JSON.stringify(experiment))
})

describe.skipIf(!onnxRuntime)('nabla train --backend', () => {
  const train = (name: string, ...more: string[]) => run('train', 'iris.nabla.json', '--out', name, ...more)

  it('says in run.json and to the user what computed; wasm where nothing is said', async () => {
    await train('usual')
    const { code, err } = await train('quick', '--backend', 'native')
    expect([code, err]).toEqual([0, expect.stringContaining('computed by native')])
    expect([recordOf('usual').backend, recordOf('quick').backend]).toEqual(['wasm', 'native'])
    const [a, b] = [recordOf('usual').metrics.test!, recordOf('quick').metrics.test!]
    expect(Math.abs(a.loss! - b.loss!)).toBeLessThan(1e-3 * a.loss!)
    expect(recordOf('usual').fingerprint).not.toBe(recordOf('quick').fingerprint)
  })

  it('has the same bits again on the same computer, and when it is gone on with', async () => {
    await train('once', '--backend', 'native')
    await train('again', '--backend', 'native', '--epochs', '9', '--checkpoint', '0')
    const resumed = await train('again', '--resume')
    expect([resumed.code, recordOf('again').backend]).toEqual([0, 'native'])
    expect(recordOf('again').fingerprint).toBe(recordOf('once').fingerprint)
  })

  it('auto takes one of the two and says which', async () => {
    await train('any', '--backend', 'auto')
    expect(['wasm', 'native']).toContain(recordOf('any').backend)
  })

  it('trains folds natively too', async () => {
    const { code } = await train('folds', '--folds', '3', '--epochs', '2', '--backend', 'native')
    expect(code).toBe(0)
  })

  it('refuses what it does not know', async () => {
    const { code, err } = await train('none', '--backend', 'gpu')
    expect([code, err]).toEqual([2, expect.stringContaining('wasm, native, auto')])
  })
})

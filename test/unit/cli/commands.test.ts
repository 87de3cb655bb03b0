import { describe, expect, it } from 'vitest'
import type { Measurement } from '../../../core/node/bench/measure'
import { samples } from '../../../core/data/samples/samples'
import { nabla } from './run-in-test'
import { inFolder } from './in-folder'

const { at, run, read, writeIris } = inFolder()

describe('the other commands', () => {
  it('profile shows the columns, and what tells most about the target first', async () => {
    const { code, out } = await run('profile', 'sample:iris')
    expect(code).toBe(0)
    // R. A. Fisher's table: 150 flowers, mean sepal length 5.843 cm.
    expect(out).toMatch(/^sepal_length_cm +number +0 +35 +5\.8433/m)
    expect(out).toMatch(/^species +category .*setosa \(50\)/m)
    const ranked = out.slice(out.indexOf('What the columns say'))
    expect(ranked.indexOf('petal_width_cm')).toBeLessThan(ranked.indexOf('sepal_length_cm'))
    const { relations } = JSON.parse((await run('profile', 'sample:iris', '--json')).out) as {
      relations: object[]
    }
    expect(relations).toHaveLength(4)
  })

  it('gradcheck passes on a network with every kind of layer that has parameters or kinks', async () => {
    writeIris({
      network: [
        { type: 'dense', units: 6 },
        { type: 'gelu' },
        { type: 'dropout', rate: 0.3 },
        { type: 'dense', units: 5 },
        { type: 'relu' },
        { type: 'output' },
      ],
    })
    const { code, objects } = await run('--json', 'gradcheck', 'iris.nabla.json')
    const verdict = objects<{ type: string; checked: number; passed: boolean }>().at(-1)!
    expect([code, verdict.passed]).toEqual([0, true])
    expect(verdict.checked).toBeGreaterThan(25)
  })

  it('bench measures, counts the operations by hand, and shares the time out among kernels', async () => {
    writeIris()
    const { code, objects } = await run('--json', 'bench', 'iris.nabla.json', '--runs', '2')
    const [result] = objects<Measurement & { peakMemory: number }>()
    expect(code).toBe(0)
    // Forward 4x8 and 8x3, backward to all weights and to the hidden layer, 32 rows, two operations each.
    expect(result!.stepFlops).toBe(2 * 32 * (4 * 8 + 8 * 3 + (4 * 8 + 8 * 3) + 8 * 3))
    expect(result!.parameters).toBe(4 * 8 + 8 + 8 * 3 + 3)
    expect(result!.stepSeconds).toHaveLength(2)
    expect(result!.median.samplesPerSecond * result!.median.stepSeconds).toBeCloseTo(32, 6)
    expect(result!.peakMemory).toBeGreaterThan(2 ** 20)
    expect(result!.profile.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
  }, 60_000)

  it('bench says in a table what the time goes into, and how to ask for what there is', async () => {
    writeIris()
    const { code, out } = await run('bench', 'iris.nabla.json', '--runs', '1', '--backend', 'reference')
    expect(code).toBe(0)
    for (const words of ['reference, 1 thread', 'samples/s', 'peak memory', '1.dense', 'optimizer', 'share'])
      expect(out).toContain(words)
    const wrong = await run('bench', 'iris.nabla.json', '--backend', 'gpu')
    expect([wrong.code, wrong.err.includes('auto, wasm, native, reference')]).toEqual([2, true])
    expect((await run('bench', 'absent.nabla.json')).code).toBe(2)
    writeIris({ optimizer: { type: 'l-bfgs' } })
    expect((await run('bench', 'iris.nabla.json', '--runs', '1')).out).toContain('batch 105')
  }, 60_000)

  it('bench ends between two runs at a Ctrl-C, and prints no half result', async () => {
    writeIris()
    const onInterrupt = (stop: () => void): void => void setTimeout(stop, 20)
    const { code, out } = await nabla(
      { folder: at(), onInterrupt },
      'bench',
      'iris.nabla.json',
      '--runs',
      '100',
    )
    expect([code, out]).toEqual([130, ''])
  }, 60_000)

  it('formulas writes one page that needs no network', async () => {
    expect((await run('formulas', '-o', 'sheet.html')).code).toBe(0)
    const html = read('sheet.html')
    for (const type of ['dense', 'softmax-cross-entropy', 'adamw', 'cosine', 'r2'])
      expect(html).toContain(`<code>${type}</code>`)
    expect(html).not.toMatch(/(src|href)="https?:|url\((?!data:)/)
    expect(html).toContain('class="katex"')
    expect(html).not.toContain('katex-error')
  })

  it('samples names the licence of each', async () => {
    const { objects } = await run('samples', '--json')
    expect(objects().map((sample) => [sample.name, typeof sample.licence])).toEqual(
      samples.map(({ name }) => [name, 'string']),
    )
  })

  it('selftest agrees with the hash of the repository', async () => {
    const { code, objects } = await run('selftest', '--json')
    expect(objects().at(-1)).toMatchObject({ matches: true })
    expect(code).toBe(0)
  }, 60_000)
})

import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inFolder } from './in-folder'

const { at, run, writeIris } = inFolder()

describe('nabla check', () => {
  it('shows shapes and parameters, and refuses a loss that does not fit', async () => {
    writeIris()
    const { code, out } = await run('check', 'iris.nabla.json')
    expect(code).toBe(0)
    expect(out).toMatch(/1 · Dense\s+8\s+40/)
    expect(out).toMatch(/total\s+67/)
    writeIris({ loss: { type: 'binary-cross-entropy' } })
    const bad = await run('check', 'iris.nabla.json')
    expect(bad.code).toBe(2)
    expect(bad.err).toContain('what next Take softmax-cross-entropy')
  })

  it('notes a category whose codes no embedding looks up, and is content all the same', async () => {
    const data = {
      source: 'sample:penguins',
      columns: { species: { role: 'target' }, island: { role: 'feature', encode: 'codes' } },
    }
    writeIris({ data })
    const { code, out } = await run('check', 'iris.nabla.json')
    expect(code).toBe(0)
    expect(out).toMatch(/note: raw-codes, column "island"\n.*expected +an embedding layer[^]*one-hot/)
    const embedding = { type: 'embedding', vocabulary: 4, dimensions: 2, column: 1 }
    writeIris({ data, network: [embedding, { type: 'dense', units: 8 }, { type: 'output' }] })
    expect((await run('check', 'iris.nabla.json')).out).not.toContain('raw-codes')
  })

  describe('and the traps in the data', () => {
    const lines = Array.from(
      { length: 90 },
      (_, i) => `${100 + i},${(i * 37) % 23},${(i * 17) % 19},${i % 3 ? 'a' : 'b'}`,
    )
    const setUp = (data: object = {}): void => {
      writeFileSync(at('trap.csv'), ['customer,x,y,kind', ...lines].join('\n'))
      const columns = { kind: { role: 'target' } }
      const experiment = {
        nabla: 1,
        data: { source: 'trap.csv', columns, ...data },
        network: [{ type: 'output' }],
      }
      writeFileSync(at('trap.nabla.json'), JSON.stringify(experiment))
    }

    it('prints evidence and fix, and fails only with --strict', async () => {
      setUp()
      const plain = await run('check', 'trap.nabla.json')
      expect(plain.code).toBe(0)
      expect(plain.out).toContain('warning: identifier, column "customer"')
      expect(plain.out).toMatch(/got +the whole numbers from 100 to 189/)
      expect(plain.out).toContain('Leave out column customer: --fix identifier:customer')
      const strict = await run('check', 'trap.nabla.json', '--strict')
      expect(strict.code).toBe(1)
      expect(strict.err).toContain('1 trap in the data')
      setUp({ accepted: ['identifier:customer'] })
      const accepted = await run('check', 'trap.nabla.json', '--strict')
      expect(accepted.code).toBe(0)
      expect(accepted.out).toContain('1 accepted')
    })

    it('records findings with their fixes', async () => {
      setUp()
      const { out } = await run('check', 'trap.nabla.json', '--json')
      const { findings } = JSON.parse(out.trim().split('\n')[0]!) as { findings: object[] }
      expect(findings).toMatchObject([
        {
          code: 'identifier',
          severity: 'warning',
          columns: ['customer'],
          fix: { change: { columns: { customer: { role: 'ignore' } } } },
        },
      ])
    })

    it('applies a fix, and writes the experiment elsewhere', async () => {
      setUp()
      const before = readFileSync(at('trap.nabla.json'), 'utf8')
      const fixed = await run(
        'check',
        'trap.nabla.json',
        '--fix',
        'identifier',
        '-o',
        'fixed.nabla.json',
        '--strict',
      )
      expect(fixed.code).toBe(0)
      expect(fixed.out).toContain('Fixed: Leave out column customer')
      expect(readFileSync(at('trap.nabla.json'), 'utf8')).toBe(before)
      expect((await run('check', 'fixed.nabla.json', '--strict')).code).toBe(0)
      const none = await run('check', 'trap.nabla.json', '--fix', 'outliers')
      expect(none.code).toBe(2)
      expect(none.err).toContain('These can be fixed: identifier:customer.')
    })

    it('tells what shows in the cells where data cannot be prepared, and fixes it', async () => {
      const rows = Array.from(
        { length: 60 },
        (_, i) => `${2 + ((i * 37) % 23)} kg,${(i * 17) % 19},${i % 3 ? 'a' : 'b'}`,
      )
      writeFileSync(at('stuck.csv'), ['mass,y,kind', ...rows].join('\n'))
      const columns = { mass: { role: 'feature', type: 'number' }, kind: { role: 'target' } }
      const data = { source: 'stuck.csv', columns }
      writeFileSync(at('stuck.nabla.json'), JSON.stringify({ nabla: 1, data, network: [{ type: 'output' }] }))
      const stuck = await run('check', 'stuck.nabla.json')
      expect(stuck.code).toBe(2)
      expect(stuck.err).toContain('a number, with "." before decimals')
      expect(stuck.out).toContain('Read mass as numbers in kg: --fix mixed-units:mass')
      const fixed = await run('check', 'stuck.nabla.json', '--fix', 'mixed-units', '--strict')
      expect(fixed.err).toBe('')
      expect(fixed.code).toBe(0)
    })

    it('reads cells of a further file by the rules of its fixes', async () => {
      const rows = (mass: (i: number) => string, towns: readonly string[]): string =>
        Array.from(
          { length: 60 },
          (_, i) => `"${mass(i)}",${towns[i % 4]},${(i * 17) % 19},${i % 3 ? 'a' : 'b'}`,
        ).join('\n')
      const head = 'mass,town,y,kind\n'
      const grams = (i: number): number => 1000 + ((i * 37) % 23) * 500
      writeFileSync(
        at('odd.csv'),
        head +
          rows((i) => (i % 2 ? `${grams(i)} g` : `${grams(i) / 1000}kg`), ['Bonn', 'Ulm', 'BONN', 'Bonn']),
      )
      // The same rows as another program writes them.
      writeFileSync(at('further.csv'), head + rows((i) => `${grams(i)}g`, ['Bonn', 'Ulm', 'Bonn', 'Bonn']))
      const experiment = {
        nabla: 1,
        data: { source: 'odd.csv', columns: { kind: { role: 'target' } } },
        network: [{ type: 'dense', units: 4 }, { type: 'output' }],
        training: { epochs: 2 },
      }
      writeFileSync(at('odd.nabla.json'), JSON.stringify(experiment))
      const fixed = await run('check', 'odd.nabla.json', '--fix', 'mixed-units', 'look-alike-levels')
      expect(fixed.out).toMatch(/Fixed: Read mass as numbers in k?g, k?g converted/)
      expect(fixed.out).toContain('Fixed: Read "BONN" as "Bonn"')
      expect(fixed.out).not.toMatch(/mixed-units|look-alike/)
      expect((await run('train', 'odd.nabla.json', '--out', 'odd-run')).code).toBe(0)
      const answers = await Promise.all(
        ['odd.csv', 'further.csv'].map(async (file) => {
          expect((await run('predict', 'odd-run', file, '-o', `out-${file}`)).err).not.toContain('expected')
          const lines = readFileSync(at(`out-${file}`), 'utf8')
            .trim()
            .split('\n')
            .slice(1)
          return lines.map((line) => line.split(',').slice(-3).join())
        }),
      )
      expect(answers[0]).toEqual(answers[1])
      expect(new Set(answers[0]).size).toBeGreaterThan(10)
    })
  })
})

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exporters } from '../../../core/exports/registry'
import type { Measurement } from '../../../core/node/bench/measure'
import { samples } from '../../../core/data/samples/samples'
import { nabla, type CliAnswer } from './run-in-test'

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'nabla-cli-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const run = (...typed: string[]): Promise<CliAnswer> => nabla({ folder }, ...typed)
const read = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8')
const readJson = (...path: string[]): Record<string, unknown> =>
  JSON.parse(read(...path)) as Record<string, unknown>

/** iris, few epochs, so that a test is quick. */
function writeIris(changes: Record<string, unknown> = {}): void {
  const experiment = {
    nabla: 1,
    name: 'iris',
    data: { source: 'sample:iris' },
    network: [{ type: 'dense', units: 8 }, { type: 'relu' }, { type: 'output' }],
    training: { epochs: 6 },
    ...changes,
  }
  writeFileSync(join(folder, 'iris.nabla.json'), JSON.stringify(experiment))
}

describe('bad usage', () => {
  it('is answered with code 2, a help page on standard error and nothing on standard output', async () => {
    for (const typed of [['trian'], ['train'], ['train', 'a', 'b'], ['check', 'x', '--nope']]) {
      const { code, out, err } = await run(...typed)
      expect([typed, code, out]).toEqual([typed, 2, ''])
      expect(err).toContain('nabla: bad-usage')
      expect(err).toContain('what next')
    }
  })

  it('suggests the command and the option that were meant', async () => {
    expect((await run('trian')).err).toContain('Did you mean train?')
    expect((await run('train', 'x', '--epoch', '3')).err).toContain('Did you mean --epochs?')
  })

  it('refuses numbers out of bounds', async () => {
    const { code, err } = await run('train', 'x', '--epochs', '0')
    expect(code).toBe(2)
    expect(err).toContain('whole number from 1')
  })

  it('shows help on standard output with code 0', async () => {
    for (const typed of [[], ['--help'], ['help', 'train'], ['train', '--help']]) {
      const { code, out, err } = await run(...typed)
      expect([code, err]).toEqual([0, ''])
      expect(out).toContain('Usage: nabla')
    }
  })
})

describe('bad input', () => {
  const pageOf = async (...typed: string[]): Promise<Record<string, unknown>> => {
    const { code, err, objects } = await run('--json', ...typed)
    const page = objects().at(-1) ?? {}
    expect([code, page.type]).toEqual([2, 'error'])
    expect(err).toContain(`nabla: ${String(page.code)}\nexpected`)
    return page
  }

  it('names what is wrong with an experiment file', async () => {
    expect(await pageOf('check', 'nothing.json')).toMatchObject({ code: 'file-missing' })
    writeFileSync(join(folder, 'a.json'), '{ "nabla": 1, ')
    expect(await pageOf('check', 'a.json')).toMatchObject({ code: 'bad-json' })
    writeIris({ network: [{ type: 'dnse', units: 8 }, { type: 'output' }] })
    const page = await pageOf('train', 'iris.nabla.json')
    expect(page).toMatchObject({ code: 'unknown-kind', place: { path: 'network.0.type' } })
    expect(page.advice).toContain('Did you mean "dense"?')
    expect(existsSync(join(folder, 'runs'))).toBe(false)
  })

  it('names what is wrong with a run', async () => {
    expect(await pageOf('evaluate', 'nothing')).toMatchObject({ code: 'not-a-run' })
    writeIris()
    await run('train', 'iris.nabla.json', '--out', 'r')
    expect(await pageOf('export', 'r', '--format', 'npx')).toMatchObject({ code: 'unknown-kind' })
    const bytes = readFileSync(join(folder, 'r', 'weights.safetensors'))
    bytes[bytes.length - 1]! ^= 1
    writeFileSync(join(folder, 'r', 'weights.safetensors'), bytes)
    expect(await pageOf('evaluate', 'r')).toMatchObject({ code: 'file-damaged' })
    writeFileSync(join(folder, 'r', 'weights.safetensors'), 'short')
    expect(await pageOf('evaluate', 'r')).toMatchObject({ code: 'file-damaged' })
    writeFileSync(join(folder, 'r', 'preprocessing.json'), '{}')
    expect(await pageOf('evaluate', 'r')).toMatchObject({ code: 'file-damaged' })
  })

  it('refuses a run folder that cannot take the run, before training', async () => {
    writeIris()
    writeFileSync(join(folder, 'file'), '')
    expect(await pageOf('train', 'iris.nabla.json', '--out', 'file/run')).toMatchObject({
      code: 'not-a-folder',
    })
    expect(await pageOf('train', 'iris.nabla.json', '--out', '.')).toMatchObject({ code: 'folder-not-empty' })
    await run('train', 'iris.nabla.json', '--out', 'r')
    expect(await pageOf('train', 'iris.nabla.json', '--out', 'r')).toMatchObject({ code: 'folder-has-run' })
    expect((await run('train', 'iris.nabla.json', '--out', 'r', '--force')).code).toBe(0)
  })
})

describe('nabla new', () => {
  it('writes an experiment that trains, for every sample', async () => {
    for (const { name, task, targets } of samples) {
      const made = await run('--json', 'new', `sample:${name}`)
      expect(made.objects()[0]).toMatchObject({ type: 'experiment', target: targets[0] })
      const { code, objects } = await run('--json', 'train', `${name}.nabla.json`, '--out', name)
      expect(code).toBe(0)
      const end = objects<{ type: string; metrics: { test: Record<string, number> } }>().find(
        (object) => object.type === 'end',
      )
      const { accuracy, r2 } = end!.metrics.test
      // Chance is 0.33 to 0.63, and 0 for R²; diabetes is known to stay near 0.4.
      if (task === 'classification') expect([name, accuracy! > 0.9]).toEqual([name, true])
      else expect([name, r2! > 0.25]).toEqual([name, true])
    }
  }, 120_000)

  it('writes the source relative to the file, and never replaces one unasked', async () => {
    writeFileSync(
      join(folder, 'table.csv'),
      `x,y\n${Array.from({ length: 30 }, (_, i) => `${i},${2 * i}\n`).join('')}`,
    )
    expect((await run('new', 'table.csv', '--target', 'x', '-o', 'sub/one.json')).code).toBe(0)
    const { data } = readJson('sub', 'one.json') as { data: Record<string, Record<string, { role: string }>> }
    expect(data.source).toBe('../table.csv')
    expect(data.columns?.x?.role).toBe('target')
    const before = read('sub', 'one.json')
    const again = await run('new', 'table.csv', '-o', 'sub/one.json')
    expect([again.code, again.err.includes('exists-already')]).toEqual([2, true])
    expect(read('sub', 'one.json')).toBe(before)
    expect((await run('new', 'table.csv', '-o', 'sub/one.json', '--force')).code).toBe(0)
    expect(read('sub', 'one.json')).not.toBe(before)
  })

  it('keeps what comes on standard input beside the experiment, which trains', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `{"x":${i},"y":${2 * i}}\n`).join('')
    const input = [Buffer.from(rows.slice(0, 100)), Buffer.from(rows.slice(100))]
    expect((await nabla({ folder, input }, 'new', '-', '-t', 'y', '-o', 'piped.nabla.json')).code).toBe(0)
    expect(read('piped.jsonl')).toBe(rows)
    const { data } = readJson('piped.nabla.json') as { data: Record<string, unknown> }
    expect(data).toMatchObject({ source: 'piped.jsonl', format: 'jsonl' })
    expect((await run('train', 'piped.nabla.json', '--epochs', '2', '--out', 'piped')).code).toBe(0)
    const again = await nabla({ folder, input }, 'new', '-', '-o', 'other.nabla.json', '--json')
    expect([again.code, read('other.jsonl')]).toEqual([0, rows])
    const nothing = await nabla({ folder }, 'new', '-', '-o', 'none.nabla.json')
    expect([nothing.code, /file-empty/.test(nothing.err), /standard input/.test(nothing.err)]).toEqual([
      2,
      true,
      true,
    ])
  })

  it('takes several files of one shape, and trains on all their rows', async () => {
    const rows = (from: number) =>
      Array.from({ length: 20 }, (_, i) => `${from + i},${2 * (from + i)}\n`).join('')
    writeFileSync(join(folder, 'part-1.csv'), `x,y\n${rows(0)}`)
    writeFileSync(join(folder, 'part-2.csv'), `x,y\n${rows(20)}`)
    const made = await run(
      '--json',
      'new',
      'part-1.csv',
      'part-2.csv',
      '-t',
      'y',
      '-o',
      'sub/parts.nabla.json',
    )
    expect(made.objects()[0]).toMatchObject({ rows: 40 })
    const { data } = readJson('sub', 'parts.nabla.json') as { data: Record<string, unknown> }
    expect(data.source).toEqual(['../part-1.csv', '../part-2.csv'])
    expect((await run('train', 'sub/parts.nabla.json', '--epochs', '2', '--out', 'parts')).code).toBe(0)
    const resolved = readJson('parts', 'experiment.json') as { data: Record<string, unknown> }
    expect(resolved.data.format).toBe('csv')
  })
})

describe('nabla train', () => {
  it('leaves a complete run folder, and the same fingerprint every time', async () => {
    writeIris()
    const { code, out } = await run('train', 'iris.nabla.json')
    expect(code).toBe(0)
    expect(out).toContain('Run folder:  runs/iris-1')
    expect(readdirSync(join(folder, 'runs', 'iris-1')).sort()).toEqual([
      'charts',
      'checkpoints',
      'experiment.json',
      'history.csv',
      'preprocessing.json',
      'run.json',
      'splits.csv',
      'weights.safetensors',
    ])
    expect(readdirSync(join(folder, 'runs', 'iris-1', 'charts'))).toContain('loss-curves.svg')
    const record = readJson('runs', 'iris-1', 'run.json')
    expect(record).toMatchObject({ status: 'finished', reason: 'completed', epochs: 6, steps: 24, seed: 42 })
    expect(read('runs', 'iris-1', 'history.csv').trim().split('\n').length).toBe(7)
    // The resolved experiment alone gives the same bits again.
    await run('train', 'runs/iris-1/experiment.json', '--out', 'again')
    expect(readJson('again', 'run.json').fingerprint).toBe(record.fingerprint)
    expect((await run('evaluate', 'runs/iris-1')).code).toBe(0)
  })

  it('takes epochs and seed from the command line', async () => {
    writeIris()
    await run('train', 'iris.nabla.json', '--out', 'a', '--epochs', '2')
    await run('train', 'iris.nabla.json', '--out', 'b', '--epochs', '2', '--seed', '7')
    expect(readJson('a', 'run.json')).toMatchObject({ epochs: 2, seed: 42 })
    expect(readJson('b', 'run.json')).toMatchObject({ epochs: 2, seed: 7 })
    expect(readJson('a', 'run.json').fingerprint).not.toBe(readJson('b', 'run.json').fingerprint)
  })

  it('writes nothing but objects with --json', async () => {
    writeIris()
    const { code, err, objects } = await run('train', 'iris.nabla.json', '--json')
    expect([code, err]).toEqual([0, ''])
    expect(objects().map((object) => object.type)).toEqual([
      'start',
      ...Array.from({ length: 6 }, () => 'epoch'),
      'end',
      'run',
    ])
  })

  it('keeps the best weights at Ctrl-C, ends with 130, and resumes to the bits of an unbroken run', async () => {
    writeIris({ training: { epochs: 3000 } })
    let stop = (): void => undefined
    const { code, err } = await nabla(
      {
        folder,
        onInterrupt: (given) => (stop = given),
        // The second line of the table of epochs.
        onErr: (text) => {
          if (/^\s+1\/3000 /.test(text)) stop()
        },
      },
      'train',
      'iris.nabla.json',
      '--out',
      'broken',
    )
    expect(code).toBe(130)
    expect(err).toContain('keeping the best weights so far')
    const record = readJson('broken', 'run.json') as { reason: string; epochs: number; fingerprint: string }
    expect(record.reason).toBe('stopped')
    expect(record.epochs).toBeLessThan(3000)
    expect((await run('evaluate', 'broken')).code).toBe(0)

    const resumed = await run('train', 'iris.nabla.json', '--out', 'broken', '--resume')
    expect(resumed.code).toBe(0)
    await run('train', 'iris.nabla.json', '--out', 'whole')
    expect(readJson('broken', 'run.json').fingerprint).toBe(readJson('whole', 'run.json').fingerprint)
    expect(withoutSeconds(read('broken', 'history.csv'))).toEqual(
      withoutSeconds(read('whole', 'history.csv')),
    )
  }, 60_000)

  it('resumes no other experiment, and nothing where there is nothing', async () => {
    writeIris()
    await run('train', 'iris.nabla.json', '--out', 'r')
    expect((await run('train', 'iris.nabla.json', '--out', 'r', '--resume', '--seed', '9')).err).toContain(
      'resume-differs',
    )
    expect((await run('train', 'iris.nabla.json', '--out', 'none', '--resume')).err).toContain(
      'no-checkpoint',
    )
    const longer = await run('train', 'iris.nabla.json', '--out', 'r', '--resume', '--epochs', '9')
    expect([longer.code, readJson('r', 'run.json').epochs]).toEqual([0, 9])
  })

  it('ends with code 1 and a help page when the loss is no longer a number', async () => {
    writeFileSync(
      join(folder, 'x.csv'),
      `x,y\n${Array.from({ length: 60 }, (_, i) => `${i},${i * i}\n`).join('')}`,
    )
    writeIris({
      data: { source: 'x.csv', columns: { y: { role: 'target' } } },
      network: [
        { type: 'dense', units: 32 },
        { type: 'relu' },
        { type: 'dense', units: 32 },
        { type: 'output' },
      ],
      optimizer: { type: 'sgd', learningRate: 100 },
      training: { epochs: 500 },
    })
    const { code, err } = await run('train', 'iris.nabla.json', '--out', 'r')
    expect([code, err]).toEqual([1, expect.stringContaining('what next')])
    expect(readJson('r', 'run.json')).toMatchObject({ status: 'failed', reason: 'non-finite' })
  })
})

describe('a finished run', () => {
  beforeEach(async () => {
    writeIris({ training: { epochs: 60 }, optimizer: { type: 'adam', learningRate: 0.02 } })
    await run('train', 'iris.nabla.json', '--out', 'r')
  })

  it('is evaluated to the metrics that its record has', async () => {
    const [evaluation] = (await run('--json', 'evaluate', 'r')).objects<{
      splits: Record<string, { metrics: Record<string, number>; confusion: number[][] }>
    }>()
    const record = readJson('r', 'run.json') as { metrics: Record<string, Record<string, number>> }
    for (const split of ['train', 'validation', 'test'])
      expect(evaluation!.splits[split]!.metrics).toEqual(record.metrics[split])
  })

  it('predicts each row of a file, in the writing of that file', async () => {
    const rows = ['5,1;3,5;1,4;0,2;a', '6,3;;6,0;2,5;b']
    const header = 'sepal_length_cm;sepal_width_cm;petal_length_cm;petal_width_cm;note'
    writeFileSync(join(folder, 'new.csv'), `${header}\n${rows.join('\n')}\n`)
    const { code, out } = await run('predict', 'r', 'new.csv')
    expect(code).toBe(0)
    const [first, ...body] = out.trim().split('\n')
    expect(first).toBe(`${header};prediction;probability setosa;probability versicolor;probability virginica`)
    expect(body.map((line) => line.split(';').slice(0, 6).join(';'))).toEqual([
      `${rows[0]};setosa`,
      '6,3;"";6,0;2,5;b;virginica',
    ])
    const shares = body[0]!
      .split(';')
      .slice(6)
      .map((cell) => Number(cell.replace(',', '.')))
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 5)
    const objects = (await run('--json', 'predict', 'r', 'new.csv')).objects()
    expect(objects[0]).toMatchObject({ type: 'match', absent: [], hasTarget: false, unseen: [] })
    expect(objects.slice(1).map((object) => object.prediction)).toEqual(['setosa', 'virginica'])
  })

  it('is exported in every format, and comes back', async () => {
    const weights = exporters
      .get('safetensors')
      .read(new Uint8Array(readFileSync(join(folder, 'r', 'weights.safetensors'))))
    for (const kind of exporters.list) {
      const { code } = await run('export', 'r', '--format', kind.type, '-o', `w.${kind.extension}`)
      expect(code).toBe(0)
      expect(kind.read(new Uint8Array(readFileSync(join(folder, `w.${kind.extension}`))))).toEqual(weights)
    }
  })
})

describe('the other commands', () => {
  it('check shows shapes and parameters, and refuses a loss that does not fit', async () => {
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

  it('check notes a category whose codes no embedding looks up, and is content all the same', async () => {
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

  describe('check and the traps in the data', () => {
    const lines = Array.from(
      { length: 90 },
      (_, i) => `${100 + i},${(i * 37) % 23},${(i * 17) % 19},${i % 3 ? 'a' : 'b'}`,
    )
    const setUp = (data: object = {}): void => {
      writeFileSync(join(folder, 'trap.csv'), ['customer,x,y,kind', ...lines].join('\n'))
      const columns = { kind: { role: 'target' } }
      const experiment = {
        nabla: 1,
        data: { source: 'trap.csv', columns, ...data },
        network: [{ type: 'output' }],
      }
      writeFileSync(join(folder, 'trap.nabla.json'), JSON.stringify(experiment))
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
      const before = readFileSync(join(folder, 'trap.nabla.json'), 'utf8')
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
      expect(readFileSync(join(folder, 'trap.nabla.json'), 'utf8')).toBe(before)
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
      writeFileSync(join(folder, 'stuck.csv'), ['mass,y,kind', ...rows].join('\n'))
      const columns = { mass: { role: 'feature', type: 'number' }, kind: { role: 'target' } }
      const data = { source: 'stuck.csv', columns }
      writeFileSync(
        join(folder, 'stuck.nabla.json'),
        JSON.stringify({ nabla: 1, data, network: [{ type: 'output' }] }),
      )
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
        join(folder, 'odd.csv'),
        head +
          rows((i) => (i % 2 ? `${grams(i)} g` : `${grams(i) / 1000}kg`), ['Bonn', 'Ulm', 'BONN', 'Bonn']),
      )
      // The same rows as another program writes them.
      writeFileSync(
        join(folder, 'further.csv'),
        head + rows((i) => `${grams(i)}g`, ['Bonn', 'Ulm', 'Bonn', 'Bonn']),
      )
      const experiment = {
        nabla: 1,
        data: { source: 'odd.csv', columns: { kind: { role: 'target' } } },
        network: [{ type: 'dense', units: 4 }, { type: 'output' }],
        training: { epochs: 2 },
      }
      writeFileSync(join(folder, 'odd.nabla.json'), JSON.stringify(experiment))
      const fixed = await run('check', 'odd.nabla.json', '--fix', 'mixed-units', 'look-alike-levels')
      expect(fixed.out).toMatch(/Fixed: Read mass as numbers in k?g, k?g converted/)
      expect(fixed.out).toContain('Fixed: Read "BONN" as "Bonn"')
      expect(fixed.out).not.toMatch(/mixed-units|look-alike/)
      expect((await run('train', 'odd.nabla.json', '--out', 'odd-run')).code).toBe(0)
      const answers = await Promise.all(
        ['odd.csv', 'further.csv'].map(async (file) => {
          expect((await run('predict', 'odd-run', file, '-o', `out-${file}`)).err).not.toContain('expected')
          const lines = readFileSync(join(folder, `out-${file}`), 'utf8')
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
    const { code, out } = await nabla({ folder, onInterrupt }, 'bench', 'iris.nabla.json', '--runs', '100')
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

const withoutSeconds = (history: string): string[] =>
  history.split('\n').map((line) =>
    line
      .split(',')
      .filter((_, column) => column !== 2)
      .join(),
  )

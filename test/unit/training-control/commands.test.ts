import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { spreadOf } from '../../../core/training/spread'
import { nabla, type CliAnswer } from '../cli/run-in-test'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nabla-control-'))
  writeIris()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const run = (...typed: string[]): Promise<CliAnswer> => nabla({ folder }, ...typed)
const linesOf = (...path: string[]): string[] =>
  readFileSync(join(folder, ...path), 'utf8')
    .trim()
    .split('\n')

function writeIris(changes: Record<string, unknown> = {}): void {
  const experiment = {
    nabla: 1,
    name: 'iris',
    data: { source: 'sample:iris' },
    network: [{ type: 'dense', units: 8 }, { type: 'relu' }, { type: 'output' }],
    training: { epochs: 4 },
    ...changes,
  }
  writeFileSync(join(folder, 'iris.json'), JSON.stringify(experiment))
}

/** Calls `stop` when the text is on standard error. */
const stopAt = (words: RegExp, ...typed: string[]): Promise<CliAnswer> => {
  let stop = (): void => undefined
  const onErr = (text: string): void => {
    if (words.test(text)) stop()
  }
  return nabla({ folder, onInterrupt: (given) => (stop = given), onErr }, ...typed)
}

interface Summary {
  type: string
  finished: number
  split: string
  metrics: Record<string, { mean: number; deviation: number; halfWidth: number }>
}

describe('nabla train --folds', () => {
  it('writes a line for each fold and the spread of their metrics', async () => {
    const { code, objects } = await run('train', 'iris.json', '--folds', '5', '--json')
    expect(code).toBe(0)
    expect(objects().map(({ type }) => type)).toEqual([...Array<string>(5).fill('fold'), 'folds', 'run'])
    const [header, ...rows] = linesOf('runs', 'iris-1', 'folds.csv').map((line) => line.split(','))
    const column = (name: string) => rows.map((row) => Number(row[header!.indexOf(name)]))
    expect(column('fold')).toEqual([1, 2, 3, 4, 5])
    expect(column('test_rows')).toEqual([30, 30, 30, 30, 30])
    const summary = objects<Summary>().find(({ type }) => type === 'folds')!
    expect(summary).toMatchObject({ finished: 5, split: 'test' })
    const { mean, deviation } = spreadOf(column('test_accuracy'))
    expect(summary.metrics.accuracy).toMatchObject({ mean, deviation })
    expect(summary.metrics.loss!.mean).toBeCloseTo(spreadOf(column('test_loss')).mean!, 12)
  })

  it('prints a table that ends with mean and deviation', async () => {
    const { code, out, err } = await run('train', 'iris.json', '--folds', '3', '--out', 'cv')
    expect(code).toBe(0)
    expect(err).toMatch(/fold 3\/3 {2}test loss/)
    expect(out).toMatch(/^mean ± sd .* \d\.\d+ ± 0\.\d+ .* ± \d+\.\d %/m)
    expect(out).toContain('cv/folds.csv')
    expect(existsSync(join(folder, 'cv', 'run.json'))).toBe(false)
    expect((await run('train', 'iris.json', '--folds', '3', '--out', 'cv')).err).toContain('folder-has-run')
    expect((await run('train', 'iris.json', '--out', 'cv', '--force')).code).toBe(0)
    expect(existsSync(join(folder, 'cv', 'folds.csv'))).toBe(false)
  })

  it('keeps the finished folds at Ctrl-C and ends with 130', async () => {
    writeIris({ training: { epochs: 300 } })
    const { code, out, err } = await stopAt(
      /fold 2\/50 /,
      'train',
      'iris.json',
      '--folds',
      '50',
      '--out',
      'r',
    )
    expect(code).toBe(130)
    expect(err).toContain('keeping the folds that are done')
    expect(out).toMatch(/Stopped after 2 folds of 50/)
    expect(linesOf('r', 'folds.csv').length).toBe(3)
  }, 60_000)
})

describe('nabla train --repeat', () => {
  it('writes a line for each seed; the first is the experiment itself', async () => {
    const { code, out } = await run('train', 'iris.json', '--repeat', '3', '--out', 'r')
    expect(code).toBe(0)
    expect(out).toMatch(/^mean ± 95 % /m)
    await run('train', 'iris.json', '--out', 'alone')
    const record = JSON.parse(readFileSync(join(folder, 'alone', 'run.json'), 'utf8')) as {
      fingerprint: string
    }
    const [, first, ...others] = linesOf('r', 'repeats.csv')
    expect(first).toContain(record.fingerprint)
    expect(others.map((line) => line.split(',').slice(0, 3).join())).toEqual(['2,43,1', '3,44,1'])
    const varied = await run('train', 'iris.json', '--repeat', '2', '--vary-split', '--json')
    expect(varied.objects().map(({ splitSeed }) => splitSeed)).toEqual([1, 2, undefined, undefined])
  })

  it('ends with code 1 and the help page where a training broke', async () => {
    writeIris({
      optimizer: { type: 'sgd', learningRate: 100 },
      network: [
        { type: 'dense', units: 64 },
        { type: 'relu' },
        { type: 'dense', units: 64 },
        { type: 'relu' },
        { type: 'dense', units: 64 },
        { type: 'output' },
      ],
      loss: { type: 'mean-squared-error' },
      data: { source: 'sample:diabetes' },
    })
    const { code, out, err } = await run('train', 'iris.json', '--repeat', '2', '--out', 'r')
    expect([code, err]).toEqual([1, expect.stringContaining('what next')])
    expect(out).toContain('ended with a loss that is no number')
    expect(linesOf('r', 'repeats.csv').length).toBe(3)
  })
})

describe('nabla findrate', () => {
  it('suggests a rate, and writes the curve and its picture', async () => {
    const typed = ['findrate', 'iris.json', '-o', 'curve.csv', '--chart', 'curve.svg']
    const { code, out } = await run(...typed)
    expect(code).toBe(0)
    expect(out).toMatch(/█ +← steepest/)
    expect(out).toMatch(/^Suggestion: 0\.\d+$/m)
    expect(linesOf('curve.csv')[0]!.trim()).toBe('learning_rate,loss,smoothed_loss')
    const svg = linesOf('curve.svg').join('')
    expect(svg).toMatch(/^<svg/)
    expect(svg).toContain('steepest: ')
    const { objects } = await run('findrate', 'iris.json', '--json', '--steps', '60', '--highest', '10')
    const last = objects<{ type: string; updates: number; suggestion: number; own: number }>().at(-1)!
    expect(last).toMatchObject({ type: 'findrate', updates: objects().length - 1, own: 0.001 })
    expect(last.suggestion).toBeGreaterThan(1e-4)
    expect(last.suggestion).toBeLessThan(1)
  })

  it('shows what it has at Ctrl-C, and ends with 130', async () => {
    const { code, out } = await nabla(
      { folder, onInterrupt: (stop) => stop() },
      'findrate',
      'iris.json',
      '--steps',
      '100000',
    )
    expect(code).toBe(130)
    expect(out).toContain('Suggestion: none')
  })
})

describe('bad numbers', () => {
  it.each([
    [['train', 'iris.json', '--folds', '1'], 'whole number from 2'],
    [['train', 'iris.json', '--folds', '500'], '500 folds of 150 rows'],
    [['train', 'iris.json', '--repeat', 'x'], 'whole number from 2'],
    [['train', 'iris.json', '--repeat', '2', '--folds', '2'], 'cannot be used with'],
    [['train', 'iris.json', '--folds', '2', '--resume'], 'cannot be used with'],
    [['train', 'iris.json', '--group', 'x'], '--group alone'],
    [['train', 'iris.json', '--vary-split'], '--vary-split alone'],
    [['train', 'iris.json', '--folds', '2', '--group', 'specie'], 'unknown-column'],
    [['findrate', 'iris.json', '--lowest', '-1'], 'number above 0'],
    [['findrate', 'iris.json', '--lowest', '0.5', '--highest', '0.1'], 'bad-rates'],
  ])('%j are answered with a help page, code 2 and no folder', async (typed, words) => {
    const { code, err } = await run(...typed)
    expect([code, err]).toEqual([2, expect.stringContaining(words)])
    expect(err).toContain('what next')
    expect(existsSync(join(folder, 'runs'))).toBe(false)
  })
})

describe('what is watched', () => {
  const watched = { epochs: 300, monitor: 'f1Macro', earlyStopping: { patience: 5 } }

  it('is refused by check and by train where it does not fit, with those that do', async () => {
    writeIris({ training: { epochs: 4, monitor: 'rmse' } })
    const checked = await run('check', 'iris.json', '--json')
    expect(checked.code).toBe(2)
    const page = { code: 'monitor-target', place: { path: 'training.monitor', column: 'species' } }
    expect(checked.objects()[0]).toMatchObject({ problems: [page] })
    expect(checked.err).toContain('loss, accuracy, balancedAccuracy')
    const { code, err } = await run('train', 'iris.json')
    expect([code, existsSync(join(folder, 'runs'))]).toEqual([2, false])
    expect(err).toContain('nabla: monitor-target')
  })

  it('ends a run early, which says by what', async () => {
    writeIris({ training: watched })
    const { code, out } = await run('train', 'iris.json', '--out', 'r')
    expect(code).toBe(0)
    expect(out).toMatch(/^Stopped early, as the validation F1 \(macro\) no longer improves, after/)
    const { bestEpoch, metrics } = JSON.parse(readFileSync(join(folder, 'r', 'run.json'), 'utf8')) as {
      bestEpoch: number
      metrics: { validation: { f1Macro: number } }
    }
    const [header, ...rows] = linesOf('r', 'history.csv').map((line) => line.split(','))
    const values = rows.map((row) => Number(row[header!.indexOf('validation_f1Macro')]))
    expect(metrics.validation.f1Macro).toBe(Math.max(...values))
    expect([bestEpoch, rows.length]).toEqual([values.indexOf(Math.max(...values)) + 1, bestEpoch + 5])
  })
})

describe('balanced sampling', () => {
  it('is refused by check for a number', async () => {
    writeIris({
      data: { source: 'sample:iris', columns: { petal_length_cm: { role: 'target' } } },
      training: { sampling: 'balanced' },
    })
    const { code, err } = await run('check', 'iris.json')
    expect(code).toBe(2)
    expect(err).toContain('sampling-target')
  })
})

describe('a list of changes', () => {
  const changes = [
    { epoch: 3, batch: 2, set: { learningRate: 0.001 } },
    { epoch: 5, set: { batchSize: 64, schedule: { type: 'cosine' } } },
  ]

  it('is trained with, told and recorded, and the run’s own experiment trains to the same weights', async () => {
    writeIris({ training: { epochs: 9, changes } })
    const { code, objects } = await run('train', 'iris.json', '--out', 'r', '--json')
    expect(code).toBe(0)
    const told = objects().filter(({ type }) => type === 'change')
    expect(told.map(({ epoch, batch, step }) => [epoch, batch, step])).toEqual([
      [3, 2, 9],
      [5, 1, 16],
    ])
    const record = (name: string) =>
      JSON.parse(readFileSync(join(folder, name, 'run.json'), 'utf8')) as {
        fingerprint: string
        changes?: { epoch: number; step: number }[]
      }
    expect(record('r').changes).toMatchObject([
      { epoch: 3, batch: 2, step: 9, set: { learningRate: 0.001 } },
      { epoch: 5, batch: 1, step: 16, set: { batchSize: 64, schedule: { type: 'cosine' } } },
    ])
    expect(linesOf('r', 'history.csv')[5]).toMatch(/,batch 1: batch size 64 and schedule cosine$/)
    expect(readFileSync(join(folder, 'r', 'charts', 'loss-curves.svg'), 'utf8')).toContain('learning rate')
    expect((await run('train', 'r/experiment.json', '--out', 'again')).code).toBe(0)
    expect(record('again').fingerprint).toBe(record('r').fingerprint)
    writeIris({ training: { epochs: 9 } })
    await run('train', 'iris.json', '--out', 'plain')
    expect(record('plain').fingerprint).not.toBe(record('r').fingerprint)
    expect(record('plain')).not.toHaveProperty('changes')
  })

  it('is refused by check where it names what is not there', async () => {
    writeIris({ training: { changes: [{ epoch: 2, set: { layers: { 'network.0.rate': 0.1 } } }] } })
    const { code, err } = await run('check', 'iris.json')
    expect(code).toBe(2)
    expect(err).toContain('change-setting')
  })
})

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LabError } from '../../../core/errors/lab-error'
import { writeAtomic } from '../../../core/node/files/write-atomic'
import { claimFolder, claimNextFolder } from '../../../core/node/run-folder/claim-folder'
import { historyCsv } from '../../../core/node/run-folder/history-csv'
import { splitsCsv } from '../../../core/node/run-folder/splits-csv'
import type { EpochEvent } from '../../../core/training/events'

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'nabla-test-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'nothing thrown'
  } catch (error) {
    return error instanceof LabError ? error.code : String(error)
  }
}

describe('writing a file whole', () => {
  it('makes folders, replaces what is there and leaves no temporary file', () => {
    const file = join(folder, 'a', 'b.txt')
    writeAtomic(file, 'first')
    writeAtomic(file, 'second')
    expect(readFileSync(file, 'utf8')).toBe('second')
    expect(readdirSync(join(folder, 'a'))).toEqual(['b.txt'])
  })

  it('leaves the place clean when it cannot put the file there', () => {
    mkdirSync(join(folder, 'taken', 'inside'), { recursive: true })
    expect(codeOf(() => writeAtomic(join(folder, 'taken'), 'text'))).toMatch(/not-a-file|exists-already/)
    expect(readdirSync(folder)).toEqual(['taken'])
  })

  it.runIf(process.platform === 'linux')('tells at once where the system makes no folders', () => {
    expect(codeOf(() => claimFolder('/proc/run', false))).toBe('no-new-folder')
  })

  it('tells of a path that leads through a file', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(codeOf(() => writeAtomic(join(folder, 'file', 'x.txt'), 'text'))).toMatch(
      /not-a-folder|exists-already/,
    )
  })
})

describe('claiming a folder for a run', () => {
  it('makes it, and takes an empty one', () => {
    claimFolder(join(folder, 'new'), false)
    claimFolder(join(folder, 'new'), false)
    expect(existsSync(join(folder, 'new'))).toBe(true)
  })

  it('refuses a folder with other files, even with force', () => {
    writeFileSync(join(folder, 'thesis.txt'), 'years of work')
    expect(codeOf(() => claimFolder(folder, false))).toBe('folder-not-empty')
    expect(codeOf(() => claimFolder(folder, true))).toBe('folder-not-empty')
    expect(readFileSync(join(folder, 'thesis.txt'), 'utf8')).toBe('years of work')
  })

  it('replaces a run with force only, and nothing beside it', () => {
    writeFileSync(join(folder, 'run.json'), '{}')
    writeFileSync(join(folder, 'weights.safetensors'), 'old')
    writeFileSync(join(folder, 'notes.txt'), 'mine')
    expect(codeOf(() => claimFolder(folder, false))).toBe('folder-has-run')
    claimFolder(folder, true)
    expect(readdirSync(folder)).toEqual(['notes.txt'])
  })

  it('refuses a path below a file', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(codeOf(() => claimFolder(join(folder, 'file', 'run'), false))).toBe('not-a-folder')
  })

  it('counts on from what is there', () => {
    expect(claimNextFolder(folder, 'iris')).toBe(join(folder, 'iris-1'))
    expect(claimNextFolder(folder, 'iris')).toBe(join(folder, 'iris-2'))
  })
})

describe('history.csv', () => {
  const epoch = (number: number, validation: boolean): EpochEvent => ({
    type: 'epoch',
    epoch: number,
    step: number * 4,
    seconds: number / 8,
    learningRate: 0.01,
    train: { loss: 1 / 3, accuracy: 0.5 },
    validation: validation ? { loss: 0.25, accuracy: null } : null,
    best: true,
  })

  it('has one row an epoch, in the columns of the design, with every digit', () => {
    expect(historyCsv([epoch(1, true), epoch(2, true)], ['loss', 'accuracy'])).toBe(
      'epoch,step,seconds,learningRate,train_loss,validation_loss,train_accuracy,validation_accuracy\n' +
        '1,4,0.125000,0.01,0.3333333333333333,0.25,0.5,\n' +
        '2,8,0.250000,0.01,0.3333333333333333,0.25,0.5,\n',
    )
  })

  it('leaves cells empty where there are no validation rows', () => {
    const [, row] = historyCsv([epoch(1, false)], ['loss']).split('\n')
    expect(row).toBe('1,4,0.125000,0.01,0.3333333333333333,')
  })
})

describe('splits.csv', () => {
  it('tells what each row of the table was for, and leaves out the rows that took no part', () => {
    const splits = { train: Uint32Array.of(0, 3), validation: Uint32Array.of(2), test: Uint32Array.of(1) }
    // The second row of the table had no target.
    expect(splitsCsv({ splits, fileRows: Uint32Array.of(1, 3, 4, 5) })).toBe(
      'row,split\n1,train\n3,test\n4,validation\n5,train\n',
    )
  })
})

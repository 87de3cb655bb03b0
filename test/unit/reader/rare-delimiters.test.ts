import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sniffCsv } from '../../../core/data/csv/sniff'
import { readTable } from '../../../core/node/reader/read-table'

const delimiterOf = (...lines: string[]): string => sniffCsv(`${lines.join('\n')}\n`, {}).delimiter

describe('spaces and colons between cells', () => {
  it('are found under names, over numbers', () => {
    expect(delimiterOf('width height kind', '1 2.5 oak', '3 4.5 elm', '2 -1e3 oak')).toBe(' ')
    expect(delimiterOf('user:uid:shell', 'ada:1001:bash', 'bo:1002:zsh', 'cy:1003:sh')).toBe(':')
    expect(delimiterOf('"the width" kind', '1 "an oak"', '3 elm', '2 oak')).toBe(' ')
  })

  it.each<[string, ...string[]]>([
    ['sentences of as many words', 'good morning', 'good evening', 'sleep well'],
    ['words over times', 'start', '10:30', '11:45', '12:00'],
    ['times without a name', '10:30', '11:45', '12:00'],
    ['long numbers', 'unit price', '1 234', '12 345', '1 200 000'.slice(0, 5)],
    ['long numbers without a name', '1 234', '12 345', '5 678'],
    ['names and surnames', 'full name', 'Ada Lovelace', 'Alan Turing', 'Grace Hopper'],
    ['lines of different lengths', 'note size', 'a long text 3', 'short 4', 'one more 5'],
  ])('are not taken from %s', (_name, ...lines) => {
    expect(delimiterOf(...lines)).toBe(',')
  })

  it('give way to all other delimiters', () => {
    expect(delimiterOf('day and time;x', '10:30;1', '11:45;2')).toBe(';')
    expect(delimiterOf('a b,c d', '1 2,3 4', '5 6,7 8')).toBe(',')
    expect(delimiterOf('a b\tc', '1 2\t3', '5 6\t7')).toBe('\t')
  })
})

it('are read cell for cell', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nabla-rare-'))
  writeFileSync(join(folder, 'rare.csv'), 'width kind\n1 oak\n3 "an elm"\n2.5 ash\n')
  const { table, csv, rows } = await readTable(join(folder, 'rare.csv'))
  rmSync(folder, { recursive: true })
  expect(csv.delimiter).toBe(' ')
  expect(table.columns.map(({ name }) => name)).toEqual(['width', 'kind'])
  expect(rows).toEqual([['1', 'oak'], ['3', 'an elm'], ['2.5', 'ash']]) // prettier-ignore
})

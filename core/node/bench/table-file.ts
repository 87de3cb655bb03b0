import { closeSync, openSync, writeSync } from 'node:fs'
import { createRandom } from '../../random/create-random'
import type { Random } from '../../random/random'

export const tableRows = 1_000_000

const colours = ['red', 'green', 'blue', 'yellow', 'violet', 'black', 'white', 'orange']
const cities = Array.from({ length: 500 }, (_, i) => `city_${String(i).padStart(4, '0')}`)

type Cell = (random: Random) => string

/** Numbers of six decimals, each column ten times as large as the one before. */
const measured = Array.from({ length: 7 }, (_, j): [string, Cell] => [
  `f${j}`,
  (random) => (random.normal() * 10 ** (j - 2)).toFixed(6),
])

const columns: readonly [string, Cell][] = [
  ...measured,
  ['f7', (random) => (random.uniform() * 1000).toFixed(6)],
  ['i0', (random) => String(Math.floor(random.uniform() * 101_000) - 1000)],
  ['i1', (random) => String(Math.floor(random.uniform() * 120))],
  ['color', (random) => colours[Math.floor(random.uniform() * colours.length)]!],
  ['city', (random) => cities[Math.floor(random.uniform() * cities.length)]!],
]

/** Rows that are written at once. */
const BLOCK = 10_000

/** Writes a CSV file of eight columns of measurements, two of whole numbers and two of words, 1 % of the cells empty. */
export function writeTable(path: string, rows: number): void {
  const random = createRandom(1).split('w7')
  const cell = ([, make]: [string, Cell]): string => (random.uniform() < 0.01 ? '' : make(random))
  const file = openSync(path, 'w')
  try {
    writeSync(file, `${columns.map(([name]) => name).join(',')}\n`)
    for (let row = 0; row < rows; row += BLOCK) {
      const lines = Array.from({ length: Math.min(BLOCK, rows - row) }, () => columns.map(cell).join(','))
      writeSync(file, `${lines.join('\n')}\n`)
    }
  } finally {
    closeSync(file)
  }
}

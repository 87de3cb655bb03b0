import type { Finding } from '../../../core/data/findings/finding'
import type { ExperimentInput } from '../../../core/experiment/schema'

/** A made table with one trap in it, and what the guard must say. */
export interface Trap {
  readonly name: string
  readonly cells: Readonly<Record<string, readonly string[]>>
  readonly data?: Partial<ExperimentInput['data']>
  readonly found: Pick<Finding, 'code' | 'severity' | 'columns'> & { came: RegExp }
  /** The label of its fix; left out where there is none. */
  readonly fix?: string
}

const count = 120
const each = (cell: (i: number) => string | number, rows = count): string[] =>
  Array.from({ length: rows }, (_, i) => String(cell(i)))

/** Numbers that look drawn and are the same each time. */
const drawn = (i: number, seed = 1): number => {
  const x = Math.sin((i + 1) * 12.9898 + seed * 78.233) * 43758.5453
  return x - Math.floor(x)
}
const noise = (seed: number, digits = 4): string[] => each((i) => drawn(i, seed).toFixed(digits))
const isYes = (i: number): boolean => drawn(i, 3) + drawn(i, 1) > 1
/** Honest features, and a target that they tell in part. */
const honest = { width: noise(1), height: noise(2) }
const kind = each((i) => (isYes(i) ? 'oak' : 'elm'))
const price = each((i) => (10 + 5 * drawn(i, 1) + 3 * drawn(i, 9)).toFixed(3))
const day = (i: number): string => new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10)
const kindTarget = { columns: { kind: { role: 'target' } } } as const
const priceTarget = { columns: { price: { role: 'target' } } } as const
const every = (n: number, cell: string, cells: readonly string[]): string[] =>
  cells.map((other, i) => (i % n === 5 ? cell : other))

export const traps: readonly Trap[] = [
  {
    name: 'a target in other words',
    cells: { ...honest, code: kind.map((word) => (word === 'oak' ? '7' : '3')), kind },
    data: kindTarget,
    found: {
      code: 'target-copy',
      severity: 'problem',
      columns: ['code'],
      came: /"3" stands where.*"elm".*120 rows|3.*elm/,
    },
    fix: 'Leave out column code',
  },
  {
    name: 'a target in another unit',
    cells: { ...honest, pounds: price.map((cell) => (Number(cell) * 2.5 + 1).toFixed(4)), price },
    data: priceTarget,
    found: { code: 'target-copy', severity: 'problem', columns: ['pounds'], came: /2\.5 × the target \+ 1/ },
    fix: 'Leave out column pounds',
  },
  {
    name: 'a target in other words, with gaps',
    cells: {
      ...honest,
      code: every(
        9,
        '',
        kind.map((word) => (word === 'oak' ? '7' : '3')),
      ),
      kind,
    },
    data: { columns: { kind: { role: 'target' }, code: { role: 'feature' } } },
    found: { code: 'target-copy', severity: 'problem', columns: ['code'], came: /rows where it is filled/ },
    fix: 'Leave out column code',
  },
  {
    name: 'a target in another unit, with gaps',
    cells: {
      ...honest,
      taxed: every(
        9,
        '',
        price.map((cell) => (Number(cell) * 1.25).toFixed(4)),
      ),
      price,
    },
    data: priceTarget,
    found: {
      code: 'target-copy',
      severity: 'problem',
      columns: ['taxed'],
      came: /1\.25 × the target.* rows where it is filled/,
    },
    fix: 'Leave out column taxed',
  },
  {
    name: 'a copy of the number with noise and gaps',
    cells: {
      ...honest,
      billed: every(
        9,
        '',
        price.map((cell, i) => (Number(cell) + 0.05 * drawn(i, 6)).toFixed(4)),
      ),
      price,
    },
    data: priceTarget,
    found: {
      code: 'target-leak',
      severity: 'warning',
      columns: ['billed'],
      came: /explains 99\.\d % of the variance.*where it is filled/,
    },
    fix: 'Leave out column billed',
  },
  {
    name: 'a copy of the classes with noise',
    cells: { ...honest, after: each((i) => ((isYes(i) ? 1 : 0) + drawn(i, 5) * 0.3).toFixed(4)), kind },
    data: kindTarget,
    found: { code: 'target-leak', severity: 'warning', columns: ['after'], came: /alone tells 100 %/ },
    fix: 'Leave out column after',
  },
  {
    name: 'a copy of the number with noise',
    cells: {
      ...honest,
      billed: price.map((cell, i) => (Number(cell) + 0.05 * drawn(i, 6)).toFixed(4)),
      price,
    },
    data: priceTarget,
    found: {
      code: 'target-leak',
      severity: 'warning',
      columns: ['billed'],
      came: /explains 99\.\d % of the variance/,
    },
    fix: 'Leave out column billed',
  },
  {
    name: 'gaps that tell the target',
    cells: { ...honest, refund: kind.map((word, i) => (word === 'oak' ? '' : drawn(i, 4).toFixed(3))), kind },
    data: { columns: { kind: { role: 'target' }, refund: { role: 'feature' } } },
    found: { code: 'target-leak', severity: 'warning', columns: ['refund'], came: /alone tells/ },
    fix: 'Leave out column refund',
  },
  {
    name: 'a number for each row, under a harmless name',
    cells: { ...honest, customer: each((i) => 1000 + i), kind },
    data: kindTarget,
    found: {
      code: 'identifier',
      severity: 'warning',
      columns: ['customer'],
      came: /from 1000 to 1119.*order of the rows/,
    },
    fix: 'Leave out column customer',
  },
  {
    name: 'a word for each row',
    cells: { ...honest, plate: each((i) => `B-${i * 7}`), kind },
    data: { columns: { kind: { role: 'target' }, plate: { role: 'feature', type: 'category' } } },
    found: {
      code: 'identifier',
      severity: 'warning',
      columns: ['plate'],
      came: /120 different values in 120 rows/,
    },
    fix: 'Leave out column plate',
  },
  {
    name: 'a feature that never changes',
    cells: { ...honest, country: each(() => 'DE'), kind },
    data: { columns: { kind: { role: 'target' }, country: { role: 'feature', type: 'category' } } },
    found: {
      code: 'constant-feature',
      severity: 'warning',
      columns: ['country'],
      came: /same value in every/,
    },
    fix: 'Leave out column country',
  },
  {
    name: 'a feature that changes once',
    cells: { ...honest, flag: each((i) => (i === 7 ? 1 : 0)), kind },
    data: { ...kindTarget, split: { train: 1, validation: 0, test: 0 }, accepted: ['no-validation'] },
    found: { code: 'nearly-constant', severity: 'note', columns: ['flag'], came: /0 in 99\.2 %.*1 row/ },
    fix: 'Leave out column flag',
  },
  {
    name: 'rows that occur twice',
    cells: Object.fromEntries(
      Object.entries({ ...honest, kind }).map(([name, cells]) => [name, [...cells, ...cells.slice(0, 30)]]),
    ),
    data: kindTarget,
    found: {
      code: 'repeated-rows',
      severity: 'warning',
      columns: [],
      came: /30 rows \(20 %\).*first row 121/,
    },
    fix: 'Keep only the first of repeated rows',
  },
  {
    name: 'rows of training among the test rows',
    cells: Object.fromEntries(
      Object.entries({ ...honest, kind }).map(([name, cells]) => [name, [...cells, ...cells.slice(0, 30)]]),
    ),
    data: { ...kindTarget, split: { strategy: 'sequential' } },
    found: {
      code: 'rows-across-splits',
      severity: 'warning',
      columns: [],
      came: /30 rows of 45 \(66\.7 %\) with the same features as a training row, first row 121/,
    },
    fix: 'Keep only the first of repeated rows',
  },
  {
    name: 'the same features with other classes',
    cells: {
      width: [...honest.width, ...honest.width.slice(0, 30)],
      height: [...honest.height, ...honest.height.slice(0, 30)],
      kind: [...kind, ...kind.slice(0, 30).map((word) => (word === 'oak' ? 'elm' : 'oak'))],
    },
    data: kindTarget,
    found: {
      code: 'contradicting-rows',
      severity: 'warning',
      columns: [],
      came: /60 rows in 30 groups.*80 %/,
    },
    fix: 'Leave contradicting rows out of the training',
  },
  {
    name: 'held-out rows that were trained on with another class',
    cells: {
      width: [...honest.width, ...honest.width.slice(0, 30)],
      height: [...honest.height, ...honest.height.slice(0, 30)],
      kind: [...kind, ...kind.slice(0, 30).map((word) => (word === 'oak' ? 'elm' : 'oak'))],
    },
    data: kindTarget,
    found: {
      code: 'rows-across-splits',
      severity: 'warning',
      columns: [],
      came: /with the same features as a training row, all with another target/,
    },
    fix: 'Keep rows with the same features in one split',
  },
  {
    name: 'a class with a single row',
    cells: { ...honest, kind: every(120, 'yew', kind) },
    data: kindTarget,
    found: { code: 'small-class', severity: 'warning', columns: ['kind'], came: /1 of "yew", none for/ },
    fix: 'Leave out the rows of "yew"',
  },
  {
    name: 'classes in the order of the file',
    cells: { ...honest, kind: each((i) => (i < 60 ? 'elm' : i < 100 ? 'oak' : 'yew')) },
    data: { ...kindTarget, split: { strategy: 'sequential' } },
    found: { code: 'missing-class', severity: 'problem', columns: ['kind'], came: /none of "yew"/ },
    fix: 'Split in proportion to the classes',
  },
  {
    name: 'words among numbers',
    cells: { ...honest, load: every(40, 'unknown', noise(7)), kind },
    data: kindTarget,
    found: {
      code: 'numbers-as-text',
      severity: 'warning',
      columns: ['load'],
      came: /97\.5 % of the cells, but "unknown" in 3 rows, first row 6/,
    },
    fix: 'Read "unknown" as missing, and load as numbers',
  },
  {
    name: 'many words among numbers',
    cells: { ...honest, load: noise(7).map((cell, i) => (i % 12 ? cell : `see note ${i}`)), kind },
    data: kindTarget,
    found: {
      code: 'numbers-as-text',
      severity: 'warning',
      columns: ['load'],
      came: /91\.7 % of the cells, but "see note 0", .* and 7 more in 10 rows, first row 1/,
    },
    fix: 'Read load as numbers, and what is none as missing',
  },
  {
    name: 'two units',
    cells: { ...honest, mass: each((i) => (i % 4 ? `${10 + i} kg` : `${(10 + i) * 1000} g`)), kind },
    data: kindTarget,
    found: {
      code: 'mixed-units',
      severity: 'warning',
      columns: ['mass'],
      came: /kg in 90 cells, g in 30 cells/,
    },
    fix: 'Read mass as numbers in kg, g converted',
  },
  {
    name: 'one unit in each cell',
    cells: { ...honest, mass: each((i) => `${10 + i}kg`), kind },
    data: kindTarget,
    found: { code: 'mixed-units', severity: 'warning', columns: ['mass'], came: /end in "kg" in 100 %/ },
    fix: 'Read mass as numbers in kg',
  },
  {
    name: 'units that nobody can convert, and none',
    cells: { ...honest, mass: each((i) => `${10 + i}${['kg', 'kg', ' crates', ''][i % 4]}`), kind },
    data: kindTarget,
    found: {
      code: 'mixed-units',
      severity: 'warning',
      columns: ['mass'],
      came: /kg in 60 cells, crates in 30 cells, no unit in 30 cells/,
    },
    fix: 'Read mass as numbers in kg, cells without a unit taken to be in kg, all others missing',
  },
  {
    name: 'two decimal marks',
    cells: { ...honest, load: noise(7).map((cell, i) => (i % 10 ? cell : cell.replace('.', ','))), kind },
    data: kindTarget,
    found: {
      code: 'mixed-decimals',
      severity: 'warning',
      columns: ['load'],
      came: /point in 108 cells and a comma in 12 cells, such as "0,\d+" in row 1/,
    },
    fix: 'Read load with a point or a comma before decimals',
  },
  {
    name: 'a series that is split by chance',
    cells: { ...honest, day: each(day), price },
    data: { ...priceTarget, split: { strategy: 'random' } },
    found: {
      code: 'future-in-training',
      severity: 'warning',
      columns: ['day'],
      came: /rise through the file, and \d+(\.\d)? % of the held-out rows/,
    },
    fix: 'Split by the time in day',
  },
  {
    name: 'a late row in a series',
    cells: { ...honest, day: each((i) => day(i === 3 ? 119 : i)), price },
    data: { ...priceTarget, split: { strategy: 'sequential' } },
    found: {
      code: 'late-training-rows',
      severity: 'warning',
      columns: ['day'],
      came: /1 row dated after it, first row 4/,
    },
    fix: 'Split by the time in day',
  },
  {
    name: 'inputs from earlier rows in a split by chance',
    cells: { ...honest, price },
    data: {
      ...priceTarget,
      derived: [{ name: 'before', lag: { column: 'width', steps: 1 } }],
      split: { strategy: 'random' },
    },
    found: {
      code: 'history-across-splits',
      severity: 'warning',
      columns: [],
      came: /1 column from earlier rows, and \d+(\.\d)? % of the training rows right after a held-out one/,
    },
    fix: 'Split in the order of the file',
  },
  {
    name: 'inputs from earlier days in a split by chance',
    cells: { ...honest, day: each(day), price },
    data: {
      columns: { ...priceTarget.columns, day: { role: 'time' } },
      derived: [{ name: 'mean', window: { column: 'price', size: 3, statistic: 'mean', lag: 1 } }],
      split: { strategy: 'random' },
    },
    found: {
      code: 'history-across-splits',
      severity: 'warning',
      columns: [],
      came: /right after a held-out one/,
    },
    fix: 'Split by the time in day',
  },
  {
    name: 'a slip of the keyboard',
    cells: { ...honest, load: noise(7).map((cell, i) => (i === 9 ? '8000' : cell)), kind },
    data: kindTarget,
    found: {
      code: 'outliers',
      severity: 'warning',
      columns: ['load'],
      came: /1 cell far off, up to 8000 in row 10/,
    },
    fix: 'Clip outliers of load',
  },
  {
    name: 'a slip of the keyboard in the target',
    cells: { ...honest, price: price.map((cell, i) => (i === 9 ? '9000' : cell)) },
    data: priceTarget,
    found: { code: 'outliers', severity: 'warning', columns: ['price'], came: /1 cell far off, up to 9000/ },
    fix: 'Leave out 1 row with price beyond 10.483 to 17.792',
  },
  {
    name: 'a number for missing',
    cells: { ...honest, load: every(30, '-999', noise(7)), kind },
    data: kindTarget,
    found: {
      code: 'marker-number',
      severity: 'warning',
      columns: ['load'],
      came: /-999 in 4 rows, first row 6/,
    },
    fix: 'Read -999 as missing',
  },
  {
    name: 'two spellings',
    cells: { ...honest, town: each((i) => ['Bonn', 'bonn ', 'Ulm', 'Ulm'][i % 4]!), kind },
    data: kindTarget,
    found: {
      code: 'look-alike-levels',
      severity: 'warning',
      columns: ['town'],
      came: /"Bonn" and "bonn", in 30 rows/,
    },
    fix: 'Read "bonn" as "Bonn"',
  },
  {
    name: 'more inputs than rows',
    cells: { ...Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`x${i}`, noise(20 + i)])), kind },
    data: kindTarget,
    found: { code: 'wide-table', severity: 'warning', columns: [], came: /90 inputs and 84 training rows/ },
    fix: 'Keep the columns that tell most, in at most 8 inputs',
  },
  {
    name: 'nothing to validate on',
    cells: { ...honest, kind },
    data: { ...kindTarget, split: { train: 0.8, validation: 0, test: 0.2 } },
    found: { code: 'no-validation', severity: 'warning', columns: [], came: /none/ },
    fix: 'Give validation 15 % of the rows',
  },
]

/** Tables without a trap: what they hold looks like one, and is none. */
export const innocent: readonly Pick<Trap, 'name' | 'cells' | 'data'>[] = [
  { name: 'honest numbers', cells: { ...honest, kind }, data: kindTarget },
  {
    name: 'two columns of few values, with rows alike by chance',
    cells: {
      a: each((i) => i % 7),
      b: each((i) => (i >> 1) % 5),
      kind: each((i) => ((i % 7) + ((i >> 1) % 5) > 5 ? 'x' : 'y')),
    },
    data: kindTarget,
  },
  {
    name: 'prices over orders of magnitude',
    cells: { ...honest, income: each((i) => Math.exp(6 + 9 * drawn(i, 8)).toFixed(2)), kind },
    data: kindTarget,
  },
  {
    name: 'dates of birth',
    cells: { ...honest, born: each((i) => day(Math.floor(drawn(i, 11) * 9000))), price },
    data: { ...priceTarget, split: { strategy: 'random' } },
  },
  {
    name: 'whole numbers that repeat',
    cells: { ...honest, age: each((i) => 20 + Math.floor(60 * drawn(i, 12))), kind },
    data: kindTarget,
  },
  {
    name: 'one feature that tells its target',
    cells: { x: noise(1), y: noise(1).map((cell) => Math.sin(6 * Number(cell)).toFixed(5)) },
    data: { columns: { y: { role: 'target' } } },
  },
  {
    name: 'a year from 1990 on is not far off',
    cells: { ...honest, year: each((i) => 1990 + Math.floor(30 * drawn(i, 13))), kind },
    data: kindTarget,
  },
]

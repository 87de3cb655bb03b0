import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveColumns } from '../../../core/data/derived/derive-columns'
import { compileFormula } from '../../../core/data/derived/compile-formula'
import { formulaFunctions } from '../../../core/data/derived/functions'
import { neededFor } from '../../../core/data/derived/needed'
import { prepareData } from '../../../core/data/prepare'
import { isCoded, type Table } from '../../../core/data/table'
import type { DerivedSettings, ExperimentInput } from '../../../core/experiment/schema'
import { experimentOn, pageOf, tableOf } from './tables'
import { partsOf, targetColumns } from '../../../core/data/target-parts'

type Data = Partial<ExperimentInput['data']>
type DerivedInput = NonNullable<ExperimentInput['data']['derived']>

const derive = (table: Table, derived: DerivedInput, data: Data = {}): Table =>
  deriveColumns(table, experimentOn({ ...data, derived }).data)
/** Values of a column; null is missing. */
function valuesOf(table: Table, name: string): (number | string | null)[] {
  const column = table.columns.find((each) => each.name === name)!
  return isCoded(column)
    ? Array.from(column.codes, (code) => column.levels[code] ?? null)
    : Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))
}
const computed = (table: Table, formula: string) =>
  valuesOf(derive(table, [{ name: 'made', formula }]), 'made')

const table = tableOf({
  a: ['1', '2', '', '4'],
  'petal length': ['10', '20', '30', '40'],
  colour: ['red', 'blue', 'red', ''],
  smoker: ['yes', 'no', 'yes', 'no'],
  when: ['2024-01-01', '2024-02-29', '2024-12-31', '2025-06-15'],
})

describe('a formula', () => {
  it.each([
    ['2 a + 1', [3, 5, null, 9]],
    ['a^2 - -a', [2, 6, null, 20]],
    ['`petal length` / a', [10, 10, null, 10]],
    ['col("petal length") * 2', [20, 40, 60, 80]],
    ['"petal length" - 10', [0, 10, 20, 30]],
    ['a > 1 and `petal length` < 40', [0, 1, null, 0]],
    ['1 < a < 4', [0, 1, null, 0]],
    ['a == 2 ? 7 : 8', [8, 7, null, 8]],
    ['if(isMissing(a), -1, a)', [1, 2, -1, 4]],
    ['ifMissing(a, `petal length`)', [1, 2, 30, 4]],
    ['max(a, 2, `petal length` / 20)', [2, 2, null, 4]],
    ['colour == "red"', [1, 0, 1, null]],
    ['colour != "red"', [0, 1, 0, null]],
    ['smoker * a', [1, 0, null, 0]],
    ['1 / (a - 1)', [null, 1, null, 1 / 3]],
    ['year(when) + month(when) / 100', [2024.01, 2024.02, 2024.12, 2025.06]],
    ['weekday(when)', [1, 4, 2, 7]],
    ['-7 % 3', [2, 2, 2, 2]],
    ['5 * (1 + 10%)', [5.5, 5.5, 5.5, 5.5]],
    ['not (a > 1)', [1, 0, null, 0]],
    ['log(e^2) + log(1000, 10)', [5, 5, 5, 5]],
  ])('%s', (formula, expected) => {
    const made = computed(table, formula)
    expect(made.map((value) => value === null)).toEqual(expected.map((value) => value === null))
    made.forEach((value, row) => value !== null && expect(value).toBeCloseTo(expected[row]!, 12))
  })

  it('gives yes/no for a question, else numbers; constants yield to columns of their name', () => {
    const [question, number] = derive(table, [
      { name: 'question', formula: 'a > 2' },
      { name: 'number', formula: 'a + 2' },
    ]).columns.slice(-2)
    expect(question).toMatchObject({ type: 'boolean', labels: ['no', 'yes'], reason: 'Computed: a > 2' })
    expect(number!.type).toBe('number')
    expect(computed(tableOf({ e: ['5', '6'] }), 'e + pi')[0]).toBeCloseTo(5 + Math.PI, 12)
  })

  it('agrees with arithmetic done by hand on any numbers', () => {
    const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(numbers, (values) => {
        const column = { name: 'x', type: 'number', values: Float64Array.from(values), reason: '' } as const
        const { read } = compileFormula('(x * x - 3 x) / (1 + abs(x)) + min(x, 0)', [column])
        values.forEach((x, row) =>
          expect(read(row)).toBe((x * x - 3 * x) / (1 + Math.abs(x)) + Math.min(x, 0)),
        )
      }),
    )
  })

  it.each([
    ['a +* 2', '"a +* 2", at character 4: "* 2"'],
    ['a + ', '"a + ", at its end'],
    ['a + lenght', '"a + lenght", at character 5: "lenght"'],
    ['colour * 2', '"colour * 2", at character 1: "colour * 2"'],
    ['colour == "green"', '"colour == "green"", at character 12: "green""'],
    ['2 * sqr(a)', '"2 * sqr(a)", at character 5: "sqr(a)"'],
    ['atan2(a)', '"atan2(a)", at character 1: "atan2(a)"'],
  ])('%s is told with its place', (formula, came) => {
    const page = pageOf(() => computed(table, formula))
    expect(page).toMatchObject({ code: 'bad-formula', came })
    expect(page.place).toEqual({ column: 'made', path: 'data.derived.0.formula' })
  })

  it.each([
    'import("x")', 'a = 3', 'f(x) = x', 'a.constructor', 'a["constructor"]', '[1, 2]', '{a: 1}', 'a; a', 'constructor(a)',
    'toString(a)', '__proto__', 'hasOwnProperty', 'col(a)', 'a!', "a'", 'evaluate("1")', 'parse("1")', 'random()', '1 to a', '',
  ])('%s is refused', (formula) => {
    expect(() => compileFormula(formula, table.columns)).toThrow(/expected/)
  }) // prettier-ignore

  it('has a help line for each function', () => {
    for (const { help, least, most } of Object.values(formulaFunctions)) {
      expect(help).not.toBe('')
      expect(most).toBeGreaterThanOrEqual(least)
    }
  })
})

describe('lags, leads and windows', () => {
  const series = tableOf({
    day: ['2024-01-03', '2024-01-01', '2024-01-02', '2024-01-04', '2024-01-01', '2024-01-02', ''],
    shop: ['A', 'A', 'A', 'A', 'B', 'B', 'B'],
    sold: ['30', '10', '20', '40', '1', '2', '9'],
    kind: ['z', 'x', 'y', 'w', 'u', 'v', 't'],
  })
  const columns = { day: { role: 'time' }, shop: { role: 'group' } } as const

  it('go along the column of time, and never from one group to another', () => {
    const made = derive(
      series,
      [
        { name: 'before', lag: { column: 'sold', steps: 1 } },
        { name: 'next', lead: { column: 'sold', steps: 1 } },
        { name: 'word', lag: { column: 'kind', steps: 1 } },
        { name: 'mean', window: { column: 'sold', size: 2, statistic: 'mean' } },
        { name: 'past', window: { column: 'sold', size: 2, statistic: 'sum', lag: 1 } },
      ],
      { columns },
    )
    expect(valuesOf(made, 'before')).toEqual([20, null, 10, 30, null, 1, null])
    expect(valuesOf(made, 'next')).toEqual([40, 20, 30, null, 2, null, null])
    expect(valuesOf(made, 'word')).toEqual(['y', null, 'x', 'z', null, 'u', null])
    expect(valuesOf(made, 'mean')).toEqual([25, null, 15, 35, null, 1.5, null])
    expect(valuesOf(made, 'past')).toEqual([30, null, null, 50, null, null, null])
  })

  it('go along the file where no column has the role time', () => {
    const made = derive(series, [{ name: 'before', lag: { column: 'sold', steps: 2 } }])
    expect(valuesOf(made, 'before')).toEqual([null, null, 30, 10, 20, 40, 1])
  })

  it.each(['mean', 'sd', 'min', 'max', 'sum', 'difference'] as const)(
    'a window of %s is that of its rows, and has none where one is missing or not there',
    (statistic) => {
      const cells = fc.array(fc.option(fc.integer({ min: -50, max: 50 })), { minLength: 1, maxLength: 30 })
      const figures = {
        mean: (all: number[]) => all.reduce((sum, value) => sum + value, 0) / all.length,
        sd: (all: number[]) => {
          const mean = figures.mean(all)
          return Math.sqrt(figures.mean(all.map((value) => (value - mean) ** 2)))
        },
        min: (all: number[]) => Math.min(...all),
        max: (all: number[]) => Math.max(...all),
        sum: (all: number[]) => all.reduce((sum, value) => sum + value, 0),
        difference: (all: number[]) => all.at(-1)! - all[0]!,
      }
      fc.assert(
        fc.property(
          cells,
          fc.integer({ min: 1, max: 4 }),
          fc.integer({ min: 0, max: 2 }),
          (given, size, lag) => {
            const values = Float64Array.from(given, (value) => value ?? NaN)
            const x = { name: 'x', type: 'number', values, reason: '' } as const
            const whole = { name: 't', rowCount: given.length, columns: [x] }
            const made = valuesOf(
              derive(whole, [{ name: 'w', window: { column: 'x', size, statistic, lag } }]),
              'w',
            )
            made.forEach((value, row) => {
              const rows = given.slice(Math.max(0, row - lag - size + 1), Math.max(0, row - lag + 1))
              const filled = rows.filter((each) => each !== null)
              if (filled.length < size) expect(value).toBeNull()
              else expect(value).toBeCloseTo(figures[statistic](filled), 9)
            })
          },
        ),
      )
    },
  )

  it('never look ahead: what comes later changes nothing before it', () => {
    const rows = fc.array(
      fc.record({ x: fc.integer({ min: 0, max: 99 }), time: fc.nat(20), group: fc.nat(2) }),
      {
        minLength: 2,
        maxLength: 40,
      },
    )
    const derived: DerivedInput = [
      { name: 'lag', lag: { column: 'x', steps: 2 } },
      { name: 'window', window: { column: 'x', size: 3, statistic: 'mean' } },
      { name: 'formula', formula: 'ifMissing(lag, 0) + x' },
      { name: 'twice', lag: { column: 'window', steps: 1 } },
    ]
    const make = (given: readonly { x: number; time: number; group: number }[]) => {
      const column = (name: 'x' | 'time' | 'group') =>
        ({ name, type: 'number', values: Float64Array.from(given, (row) => row[name]), reason: '' }) as const
      const whole = {
        name: 't',
        rowCount: given.length,
        columns: [column('x'), column('time'), column('group')],
      }
      return derive(whole, derived, { columns: { time: { role: 'time' }, group: { role: 'group' } } })
    }
    fc.assert(
      fc.property(rows, fc.nat(20), (given, now) => {
        const changed = given.map((row) => (row.time > now ? { ...row, x: row.x + 1000 } : row))
        const [before, after] = [make(given), make(changed)]
        for (const { name } of derived) {
          const [was, is] = [valuesOf(before, name), valuesOf(after, name)]
          given.forEach(({ time }, row) => time <= now && expect(is[row]).toEqual(was[row]))
        }
      }),
    )
  })

  it('explain columns they cannot use', () => {
    const window = { column: 'kind', size: 2, statistic: 'mean' } as const
    expect(pageOf(() => derive(series, [{ name: 'w', window }]))).toMatchObject({
      code: 'bad-window',
      place: { column: 'w', path: 'data.derived.0.window' },
    })
    expect(pageOf(() => derive(series, [{ name: 'w', lag: { column: 'sald', steps: 1 } }]))).toMatchObject({
      code: 'unknown-column',
      advice: 'Did you mean "sold"?',
    })
    expect(pageOf(() => derive(series, [{ name: 'sold', formula: '1' }])).code).toBe('name-taken')
    expect(() =>
      experimentOn({ derived: [{ name: 'both', formula: '1', lag: { column: 'a', steps: 1 } }] }),
    ).toThrow('exactly one of formula, lag, lead or window')
  })
})

describe('an experiment with computed columns', () => {
  const x = Array.from({ length: 30 }, (_, row) => String((row * 17) % 29))
  const y = x.map((value, row) => String(Number(value) + row))
  const whole = tableOf({ x, y })
  const prepare = (derived: DerivedInput, columns: Data['columns']) => {
    const experiment = experimentOn({ derived, columns, split: { strategy: 'sequential' } })
    return prepareData(deriveColumns(whole, experiment.data), experiment)
  }
  const target = { y: { role: 'target' } } as const

  it('takes them as inputs, with first rows filled or dropped as the column says', () => {
    const derived: DerivedInput = [{ name: 'y before', lag: { column: 'y', steps: 2 } }]
    const filled = prepare(derived, target)
    expect(filled.preprocessing.inputNames).toEqual(['x', 'y before'])
    expect(filled.fileRows).toHaveLength(30)
    const dropped = prepare(derived, { ...target, 'y before': { role: 'feature', missing: 'drop' } })
    expect([...dropped.fileRows].slice(0, 3)).toEqual([3, 4, 5])
  })

  it('predicts ahead with a lead as its target, from the present and the past', () => {
    const data = prepare([{ name: 'later', lead: { column: 'y', steps: 3 } }], {
      later: { role: 'target' },
      y: { role: 'feature' },
    })
    // 27 rows have a target; of three before validation and three before test it lies in the later split.
    expect(data.fileRows).toHaveLength(21)
    const { offset, factor } = partsOf(data.preprocessing.target)[0]!.scale
    expect(data.targets.values[0]! * Number(factor) + Number(offset)).toBeCloseTo(Number(y[3]), 4)
  })

  it.each<[string, DerivedInput, Data['columns'], string]>([
    ['a formula of the target', [{ name: 'f', formula: 'y * 2' }], target, 'target-in-formula'],
    [
      'a formula of a formula of the target',
      [
        { name: 'f', formula: 'y * 2' },
        { name: 'g', formula: 'f + x' },
      ],
      { ...target, f: { role: 'ignore' } },
      'target-in-formula',
    ],
    [
      'a window that holds the target itself',
      [{ name: 'w', window: { column: 'y', size: 3, statistic: 'mean' } }],
      target,
      'target-in-formula',
    ],
    ['a value of later rows', [{ name: 'l', lead: { column: 'x', steps: 1 } }], target, 'looks-ahead'],
    [
      'too short a lag of a lead',
      [
        { name: 'l', lead: { column: 'x', steps: 2 } },
        { name: 'k', lag: { column: 'l', steps: 1 } },
      ],
      { ...target, l: { role: 'ignore' } },
      'looks-ahead',
    ],
    [
      'the column that the target is computed from',
      [{ name: 'f', formula: 'log(y + 1)' }],
      { f: { role: 'target' }, y: { role: 'feature' } },
      'target-in-formula',
    ],
  ])('refuses as an input %s', (_what, derived, columns, code) => {
    expect(pageOf(() => prepare(derived, columns)).code).toBe(code)
  })

  it('allows what is not about the target of its own row', () => {
    const derived: DerivedInput = [
      { name: 'past', window: { column: 'y', size: 3, statistic: 'mean', lag: 1 } },
      { name: 'change', formula: 'x - past' },
    ]
    expect(prepare(derived, target).preprocessing.inputNames).toEqual(['x', 'past', 'change'])
    const log: DerivedInput = [{ name: 'log y', formula: 'log(y + 1)' }]
    const about = prepare(log, { 'log y': { role: 'target' }, y: { role: 'ignore' } })
    expect(targetColumns(about.preprocessing.target)).toEqual(['log y'])
  })

  it('knows what a further table must have', () => {
    const derived: DerivedSettings[] = experimentOn({
      derived: [
        { name: 'a', formula: '`petal length` + e + col("p q")' },
        { name: 'b', lag: { column: 'a', steps: 1 } },
        { name: 'c', formula: 'unused' },
      ],
    }).data.derived!
    const columns = { day: { role: 'time' } } as const
    const needed = neededFor(['b'], { derived, columns })
    expect(needed.derived.map(({ name }) => name)).toEqual(['a', 'b'])
    expect([...needed.own].sort()).toEqual(['day', 'p q', 'petal length'])
  })
})

import { describe, expect, it } from 'vitest'
import { deriveColumns } from '../../../core/data/derived/derive-columns'
import { describeData } from '../../../core/data/describe'
import { findingKey, type Finding } from '../../../core/data/findings/finding'
import { applyFix } from '../../../core/data/findings/fix'
import { findInTable } from '../../../core/data/findings/find-findings'
import { findingKinds } from '../../../core/data/findings/kinds'
import { rankFindings } from '../../../core/data/findings/rank'
import { prepareData } from '../../../core/data/prepare'
import { proposeExperiment } from '../../../core/data/propose'
import { samples } from '../../../core/data/samples/samples'
import { defaultMissing } from '../../../core/data/cells/missing'
import { cellRulesOf, typesOf } from '../../../core/data/columns'
import { typeColumn } from '../../../core/data/typing'
import type { Table } from '../../../core/data/table'
import { parseExperiment } from '../../../core/experiment/read'
import type { Experiment } from '../../../core/experiment/schema'
import { writeExperiment } from '../../../core/experiment/write'
import { readSource } from '../../../core/node/reader/source'
import { experimentOn, rawColumn } from '../data/tables'
import { innocent, traps, type Trap } from './traps'

/** The table as the experiment reads it. */
function read(cells: Trap['cells'], { data }: Experiment): Table {
  const types = typesOf(data.columns)
  const rules = cellRulesOf(data.columns)
  const settings = { decimal: '.', missing: data.csv.missing ?? defaultMissing } as const
  const columns = Object.entries(cells).map(([name, words]) =>
    typeColumn(rawColumn(name, words), settings, types[name], rules[name]),
  )
  const rowCount = columns.length ? Object.values(cells)[0]!.length : 0
  return deriveColumns({ name: 'table.csv', rowCount, columns }, data)
}

function findingsOf(cells: Trap['cells'], experiment: Experiment): Finding[] {
  const table = read(cells, experiment)
  const { findings } = describeData(prepareData(table, experiment), table, experiment.data)
  return rankFindings(findings, experiment.data.accepted)
}

const isSame = (a: Pick<Finding, 'code' | 'columns'>, b: Pick<Finding, 'code' | 'columns'>): boolean =>
  findingKey(a) === findingKey(b)

describe('the guard', () => {
  it.each(traps)('finds $name', ({ cells, data = {}, found, fix }) => {
    const experiment = experimentOn(data)
    const finding = findingsOf(cells, experiment).find((candidate) => isSame(candidate, found))
    expect(finding).toMatchObject({ code: found.code, severity: found.severity, columns: found.columns })
    expect(finding!.came).toMatch(found.came)
    expect(finding!.fix?.label).toBe(fix)
    if (!finding?.fix) return
    const after = applyFix(experiment, finding.fix)
    expect(findingsOf(cells, after).filter((left) => isSame(left, found))).toEqual([])
    expect(parseExperiment(JSON.parse(writeExperiment(after)))).toEqual(after)
  })

  it('has a trap here for each of its checks', () => {
    expect(new Set(traps.map(({ found }) => found.code))).toEqual(
      new Set(findingKinds.map(({ code }) => code)),
    )
  })

  it.each(traps)('says of $name nothing else that is worth a warning', ({ cells, data = {}, found }) => {
    const related = new Set([found.code, ...(alongside[found.code] ?? [])])
    const others = findingsOf(cells, experimentOn(data)).filter(
      ({ code, severity, accepted }) => severity !== 'note' && !accepted && !related.has(code),
    )
    expect(others.map(({ code, came }) => `${code}: ${came}`)).toEqual([])
  })

  it.each(innocent)('says nothing of $name', ({ cells, data = {} }) => {
    expect(findingsOf(cells, experimentOn(data)).map(({ code, came }) => `${code}: ${came}`)).toEqual([])
  })

  it('marks what the experiment accepts, by code and columns', () => {
    const { cells, data } = traps.find(({ found }) => found.code === 'outliers')!
    const accept = (accepted: string[]): (true | undefined)[] =>
      findingsOf(cells, experimentOn({ ...data, accepted })).map((finding) => finding.accepted)
    expect(accept([])).toEqual([undefined])
    expect(accept(['outliers:load'])).toEqual([true])
    expect(accept(['outliers:width'])).toEqual([undefined])
  })
})

/** What another trap brings with it. */
const alongside: Readonly<Record<string, readonly string[]>> = {
  'repeated-rows': ['rows-across-splits'],
  'rows-across-splits': ['repeated-rows', 'contradicting-rows'],
  'contradicting-rows': ['rows-across-splits'],
  identifier: ['wide-table'],
  'history-across-splits': ['future-in-training'],
}

describe('a table that cannot be prepared', () => {
  const ofCells = findingKinds.filter(({ ofTable }) => ofTable).map(({ code }) => code)
  it.each(traps.filter(({ found }) => ofCells.includes(found.code)))(
    'shows $name all the same',
    ({ cells, data = {}, found, fix }) => {
      const experiment = experimentOn(data)
      const { findings } = findInTable(read(cells, experiment), experiment.data)
      const finding = findings.find((candidate) => isSame(candidate, found))
      expect(finding?.came).toMatch(found.came)
      expect(finding!.fix?.label).toBe(fix)
    },
  )

  it('has no more checks than those, and a target is not needed', () => {
    const { cells } = traps.find(({ found }) => found.code === 'mixed-units')!
    const { checks, findings } = findInTable(read(cells, experimentOn({})), experimentOn({}).data)
    expect(checks).toBe(ofCells.length)
    expect(findings.map(({ code }) => code)).toContain('mixed-units')
  })
})

describe('the samples', () => {
  /** Looked at one by one: in iris two flowers do have the same four measures. */
  const known: Readonly<Record<string, readonly string[]>> = {
    iris: ['rows-across-splits', 'repeated-rows'],
  }
  it.each(samples)('$name has no trap but what is true', async ({ name, targets }) => {
    const { table, csv } = await readSource(`sample:${name}`, '/nowhere')
    const experiment = proposeExperiment(table, { source: `sample:${name}`, csv, target: targets })
    const { findings } = describeData(prepareData(table, experiment), table, experiment.data)
    expect(findings.map(({ code }) => code)).toEqual(known[name] ?? [])
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([])
  })

  it('has the twin flowers of iris by their rows', async () => {
    const { table, csv } = await readSource('sample:iris', '/nowhere')
    const experiment = proposeExperiment(table, { source: 'sample:iris', csv })
    const { findings } = describeData(prepareData(table, experiment), table, experiment.data)
    // R. A. Fisher's table holds 5.8, 2.7, 5.1, 1.9 virginica as its rows 102 and 143.
    expect(findings.find(({ code }) => code === 'repeated-rows')!.rows).toEqual([143])
  })
})

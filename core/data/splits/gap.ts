import { LabError } from '../../errors/lab-error'
import type { Experiment } from '../../experiment/schema'
import { reachOf } from '../derived/reach'
import { seriesOf } from '../derived/series-order'
import { splitNames } from '../prepared'
import type { Splits } from '../split'
import type { Column, Table } from '../table'

type Settings = Pick<Experiment['data'], 'columns' | 'split' | 'derived'>

/** Splits in which a later part holds later rows. Where rows are drawn by chance no gap could keep them apart. */
const inOrder: ReadonlySet<Settings['split']['strategy']> = new Set(['time', 'sequential'])

/**
 * The splits without the rows whose target is read from a row of a later part: a target some rows ahead would teach what
 * validation and test are to be judged by (M. López de Prado, Advances in Financial Machine Learning, 2018, 7.4.1: purging).
 * @param rows of the table; the splits go by their places [rows.length]
 * @throws LabError `too-few-rows` where no row is left to train on
 */
export function withGap(
  splits: Splits,
  table: Table,
  data: Settings,
  targets: readonly Column[],
  rows: Uint32Array,
): Splits {
  const ahead = inOrder.has(data.split.strategy) ? rowsAhead(table, data, targets) : 0
  if (ahead === 0) return splits
  const partOf = new Int8Array(table.rowCount).fill(-1)
  splitNames.forEach((name, part) => splits[name].forEach((place) => (partOf[rows[place]!] = part)))
  const crossing = new Set(seriesOf(table, data).flatMap((series) => crossingRows(series, partOf, ahead)))
  const kept = (places: Uint32Array): Uint32Array => places.filter((place) => !crossing.has(rows[place]!))
  const train = kept(splits.train)
  if (train.length === 0) refuse(ahead)
  return { train, validation: kept(splits.validation), test: splits.test }
}

/** How many rows ahead the targets look at most. */
function rowsAhead(table: Table, { derived = [] }: Settings, targets: readonly Column[]): number {
  if (derived.length === 0) return 0
  const reach = reachOf(derived, table.columns)
  return Math.max(0, ...targets.flatMap(({ name }) => [...(reach.get(name)?.values() ?? [])]))
}

/** The rows of a series that one of the next rows, at most `ahead` of them, follows in a later part. */
function crossingRows(series: Uint32Array, partOf: Int8Array, ahead: number): number[] {
  const crossing: number[] = []
  /** For each part the next row, by its place in the series, that is in a later one. */
  const next = splitNames.map(() => Infinity)
  for (let i = series.length - 1; i >= 0; i--) {
    const part = partOf[series[i]!]!
    if (part < 0) continue
    if (next[part]! - i <= ahead) crossing.push(series[i]!)
    for (let earlier = 0; earlier < part; earlier++) next[earlier] = i
  }
  return crossing
}

function refuse(ahead: number): never {
  throw new LabError({
    code: 'too-few-rows',
    expected: 'at least one row to train on',
    came: `none whose target, ${ahead} ${ahead === 1 ? 'row' : 'rows'} ahead, lies before validation and test`,
    advice: 'Use a longer series, predict fewer rows ahead, or give training a larger share.',
    place: { path: 'data.split' },
  })
}

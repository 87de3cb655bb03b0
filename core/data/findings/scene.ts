import type { ColumnRole, Experiment } from '../../experiment/schema'
import { allRows } from '../apply'
import { entryOf } from '../preparing/settings'
import { proposeRoles } from '../roles'
import { resolveColumns, type ResolvedColumn } from '../columns'
import { describeTarget } from '../describe-target'
import { partsOf } from '../target-parts'
import { findImage } from '../find-image'
import { splitNames, type PreparedData, type SplitName, type TargetPart } from '../prepared'
import type { Column, Table } from '../table'
import { takeRows } from '../take-rows'
import { classReader } from '../target'
import { groupRows } from '../group-rows'
import type { Finding } from './finding'
import type { FindingKind, TableKind } from './kind'
import { lazily } from './lazily'
import { sampleRows } from './sample-rows'

/** A column to predict. */
export interface Goal {
  readonly target: Column
  readonly predicted: TargetPart
  /** The class of a row of the table, by its place among the target's classes; nothing for numbers. */
  readonly classOf: ((row: number) => number) | undefined
}

/** What can be said of a table alone. Rows are rows of the table, from 0. */
export interface TableScene {
  readonly table: Table
  readonly data: Experiment['data']
  /** Columns to learn from, and whether their outliers are clipped. */
  readonly features: readonly Pick<ResolvedColumn, 'column' | 'clip'>[]
  /** Columns to predict. */
  readonly goals: readonly Pick<Goal, 'target'>[]
  /** Rows that take part, in rising order. */
  readonly rows: Uint32Array
  readonly splits: Readonly<Record<SplitName, Uint32Array>>
  /** Rows of the training split, at most `sampleLimit`; evidence that rests on fewer than all rows says so. */
  readonly sample: Uint32Array
  /** Columns that are pixels: each keeps its place in the image, whatever it holds. */
  readonly pixels: ReadonlySet<string>
  /** The least and the greatest of a column's numbers in `rows`; Infinity and -Infinity where all cells are missing. */
  readonly ends: (values: Float64Array) => Ends
  /** What a check found here; it is made once, also where others ask for it. */
  readonly found: (kind: TableKind) => readonly Finding[]
}

/** What the checks look at: with several columns to predict, the first, or each of `goals` in turn. Rows are rows of the table, from 0. */
export interface Scene extends Goal, TableScene {
  readonly goals: readonly Goal[]
  readonly features: readonly ResolvedColumn[]
  /** Inputs of the network, without those for words of texts: a row has few of them. */
  readonly inputs: number
  /** For each of `rows` the place of the first with the same features. */
  readonly twins: () => Uint32Array
  /** The same for each column to predict, in order; the first of them is this scene. */
  readonly scenes: readonly Scene[]
  readonly found: (kind: FindingKind) => readonly Finding[]
}

export interface Ends {
  readonly least: number
  readonly most: number
}

/** A table before anything was made of it: all rows train, and columns take part as the experiment says or import would propose. */
export function tableSceneOf(table: Table, data: Experiment['data']): TableScene {
  const proposed = proposeRoles(table)
  const roleOf = (name: string): ColumnRole => data.columns[name]?.role ?? proposed.get(name)!.role
  const rows = allRows(table.rowCount)
  const none = new Uint32Array()
  const scene: TableScene = {
    table,
    data,
    features: table.columns
      .filter(({ name }) => roleOf(name) === 'feature')
      .map((column) => ({ column, clip: entryOf(data.columns[column.name]?.clip ?? 'none') })),
    goals: table.columns.filter(({ name }) => roleOf(name) === 'target').map((target) => ({ target })),
    rows,
    splits: { train: rows, validation: none, test: none },
    sample: sampleRows(rows, sampleLimit),
    pixels: findImage(table)?.names ?? new Set(),
    ends: lazily((values: Float64Array) => endsOf(values, rows)),
    found: lazily((kind: TableKind) => kind.find(scene)),
  }
  return scene
}

/** Enough rows to see what one column tells, few enough to take no time. */
const sampleLimit = 20_000

export function sceneOf(prepared: PreparedData, table: Table, data: Experiment['data']): Scene {
  const { fileRows, splits, preprocessing } = prepared
  const { features, targets } = resolveColumns(table, data.columns)
  const isInput = new Set(preprocessing.features.map(({ column }) => column))
  const taking = features.filter(({ column }) => isInput.has(column.name))
  const goals = partsOf(describeTarget(preprocessing.target)).map((part, i) =>
    goalOf(targets[i]!.column, part),
  )
  const rows = new Uint32Array(fileRows.length)
  for (let i = 0; i < rows.length; i++) rows[i] = fileRows[i]! - 1
  const ofTable = Object.fromEntries(splitNames.map((name) => [name, takeRows(rows, splits[name])]))
  const tableSplits = ofTable as Record<SplitName, Uint32Array>
  let twins: Uint32Array | undefined
  const base = {
    table,
    data,
    features: taking,
    goals,
    inputs: preprocessing.features.reduce((sum, { type, width }) => sum + (type === 'text' ? 0 : width), 0),
    rows,
    splits: tableSplits,
    sample: sampleRows(tableSplits.train, sampleLimit),
    pixels: findImage(table)?.names ?? new Set(),
    twins: () =>
      (twins ??= groupRows(
        taking.map(({ column }) => column),
        rows,
      )),
    ends: lazily((values: Float64Array) => endsOf(values, rows)),
  }
  const scenes: Scene[] = []
  for (const goal of goals) {
    const scene: Scene = { ...base, ...goal, scenes, found: lazily((kind: FindingKind) => kind.find(scene)) }
    scenes.push(scene)
  }
  return scenes[0]!
}

/** Of the cells that are filled and not `without`. */
export function endsOf(values: Float64Array, rows: Uint32Array, without = NaN): Ends {
  let [least, most] = [Infinity, -Infinity]
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]!]!
    if (value === without) continue
    if (value < least) least = value
    if (value > most) most = value
  }
  return { least, most }
}

const goalOf = (target: Column, predicted: TargetPart): Goal => ({
  ...{ target, predicted },
  classOf: predicted.type === 'number' ? undefined : classReader(target, predicted.classes),
})

/** `all 120 rows`, or how many were looked at. */
export const sampleWords = ({ sample, splits }: Pick<TableScene, 'sample' | 'splits'>): string =>
  sample.length === splits.train.length
    ? `${sample.length.toLocaleString('en')} training rows`
    : `${sample.length.toLocaleString('en')} of ${splits.train.length.toLocaleString('en')} training rows, evenly taken`

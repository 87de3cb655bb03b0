import type { Experiment } from '../experiment/schema'
import type { DataDescription, LabelBalance } from '../protocol/contract'
import { describeTarget } from './describe-target'
import { classCounts } from './findings/class-counts'
import { findFindings } from './findings/find-findings'
import { describePrepared } from './preparing/describe'
import { encoders } from './preparing/registries'
import {
  splitNames,
  type PreparedData,
  type SeveralTargets,
  type SplitName,
  type TargetPart,
} from './prepared'
import { describeSplits } from './splits/contents'
import type { Table } from './table'

/**
 * Tells what the preparation made of a table: inputs, target, rows and classes of each split, and what is doubtful.
 * `data` are the experiment's own settings, from which `prepared` was made.
 */
export function describeData(
  prepared: PreparedData,
  table: Table,
  data: Experiment['data'],
): DataDescription {
  const { preprocessing, splits, fileRows } = prepared
  const target = describeTarget(preprocessing.target)
  return {
    inputs: preprocessing.inputNames,
    codes: preprocessing.features.flatMap((feature) =>
      encoders.get(feature.encode.type).first ? [feature.column] : [],
    ),
    prepared: preprocessing.features.map(describePrepared),
    target,
    rows: rowsOf(splits),
    balance: 'classes' in target ? countClasses(prepared, target) : null,
    ...(target.type === 'labels' && { labels: countLabels(prepared, target) }),
    contents: describeSplits(prepared, table, data),
    dropped: table.rowCount - fileRows.length,
    ...findFindings(prepared, table, data),
  }
}

const rowsOf = (splits: PreparedData['splits']): Record<SplitName, number> => ({
  train: splits.train.length,
  validation: splits.validation.length,
  test: splits.test.length,
})

function countClasses({ targets, splits }: PreparedData, predicted: TargetPart): Record<SplitName, number[]> {
  const { width, values } = targets
  const binary = predicted.type === 'binary'
  const classOf = (row: number): number =>
    binary ? values[row]! : values.subarray(row * width, (row + 1) * width).indexOf(1)
  return classCounts({ predicted, classOf, splits }).counts
}

function countLabels({ targets, splits }: PreparedData, { parts }: SeveralTargets): LabelBalance[] {
  const { width, values } = targets
  const count = (name: SplitName, place: number): number =>
    splits[name].reduce((sum, row) => sum + values[row * width + place]!, 0)
  return parts.flatMap((part, place) => {
    if (part.type !== 'binary') return []
    const counts = Object.fromEntries(splitNames.map((name) => [name, count(name, place)]))
    return [{ column: part.column, classes: part.classes, counts: counts as Record<SplitName, number> }]
  })
}

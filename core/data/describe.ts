import type { HelpPage } from '../errors/lab-error'
import type { Experiment } from '../experiment/schema'
import type { DataDescription } from '../protocol/contract'
import { describeTarget } from './describe-target'
import { storedReader } from './features'
import { findImage } from './find-image'
import { splitNames, type FeatureTransform, type PreparedData, type SplitName } from './prepared'
import { describeSplits } from './splits/contents'
import type { Table } from './table'

type PerSplit<T> = Record<SplitName, T>

const perSplit = <T>(value: (name: SplitName) => T): PerSplit<T> => ({
  train: value('train'),
  validation: value('validation'),
  test: value('test'),
})

/** Tells what the preparation made of a table: inputs, target, rows and classes of each split, and what is doubtful. */
export function describeData(
  prepared: PreparedData,
  table: Table,
  settings: Pick<Experiment['data'], 'columns' | 'split'>,
): DataDescription {
  const { preprocessing, splits, fileRows } = prepared
  const target = describeTarget(preprocessing.target)
  const balance = target.type === 'number' ? null : perSplit((name) => countClasses(prepared, splits[name]))
  return {
    inputs: preprocessing.inputNames,
    codes: preprocessing.features.flatMap((feature) =>
      feature.type === 'category' && feature.encode === 'codes' ? [feature.column] : [],
    ),
    target,
    rows: perSplit((name) => splits[name].length),
    balance,
    contents: describeSplits(prepared, table, settings),
    dropped: table.rowCount - fileRows.length,
    problems: [
      ...(balance && target.type !== 'number' ? smallClasses(balance, target.classes, target.column) : []),
      ...emptySplits(prepared),
      ...emptyFeatures(prepared, findImage(table)?.names),
    ],
  }
}

function countClasses({ targets, preprocessing }: PreparedData, rows: Uint32Array): number[] {
  const binary = preprocessing.target.type === 'binary'
  const counts = new Array<number>(binary ? 2 : targets.width).fill(0)
  for (const row of rows) {
    const cells = targets.values.subarray(row * targets.width, (row + 1) * targets.width)
    counts[binary ? cells[0]! : cells.indexOf(1)]!++
  }
  return counts
}

/** Classes with fewer rows than there are splits in use: at least one split cannot show how well they are learned. */
function smallClasses(balance: PerSplit<number[]>, classes: readonly string[], column: string): HelpPage[] {
  const used = splitNames.filter((name) => balance[name].some((count) => count > 0))
  return classes.flatMap((label, i) => {
    const rows = splitNames.reduce((sum, name) => sum + balance[name][i]!, 0)
    const absent = used.filter((name) => balance[name][i] === 0)
    if (rows >= used.length && !absent.includes('train')) return []
    return [
      {
        code: 'small-class',
        expected: `at least ${used.length} rows of each class, one for each split`,
        came: `${rows} of "${label}"${absent.length ? `, none for ${absent.join(' and ')}` : ''}`,
        advice: 'Add rows of this class, or leave it out; its metrics say little.',
        place: { column },
      },
    ]
  })
}

function emptySplits({ splits }: PreparedData): HelpPage[] {
  if (splits.validation.length > 0) return []
  return [
    {
      code: 'no-validation',
      expected: 'some rows for validation',
      came: 'none',
      advice:
        'Without them the best weights are chosen by the training loss. Give validation a share of the rows.',
      place: { path: 'data.split.validation' },
    },
  ]
}

/** Features that are the same in every training row, and so teach nothing; a pixel keeps its place in the image. */
function emptyFeatures(
  { preprocessing, features, splits }: PreparedData,
  pixels: ReadonlySet<string> = new Set(),
): HelpPage[] {
  const isConstant = ({ start }: FeatureTransform): boolean => {
    const read = storedReader(features, start)
    const first = read(splits.train[0]!)
    return splits.train.every((row) => read(row) === first)
  }
  return preprocessing.features
    .filter(({ column }) => !pixels.has(column))
    .filter(isConstant)
    .map(({ column }) => ({
      code: 'constant-feature',
      expected: 'a feature that differs from row to row',
      came: 'the same value in every training row',
      advice: 'Give the column the role ignore.',
      place: { column },
    }))
}

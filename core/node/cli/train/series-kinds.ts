import type { OptionValues } from 'commander'
import { LabError } from '../../../errors/lab-error'
import { crossValidate } from '../../../training/cross-validation'
import { repeatTraining } from '../../../training/repeat'
import type { SeriesEvent, SeriesHost } from '../../../training/series'
import type { Spread } from '../../../training/spread'
import type { RunMaterial } from '../../data/prepare-run'
import { runFiles } from '../../run-folder/layout'

/** Several trainings that one command makes, and how they are spoken of. */
export interface SeriesKind {
  /** Of one training: `fold`, `repeat`. Name of its column and of its JSON objects. */
  readonly word: 'fold' | 'repeat'
  readonly file: string
  readonly count: number
  /** How the last line of the table is headed. */
  readonly summary: string
  /** What stands after ± there. */
  readonly spread: (spread: Spread) => number | null
  start(material: RunMaterial, host: SeriesHost): Generator<SeriesEvent, void, void>
}

/** The series that the options of `nabla train` ask for; null for a single training. @throws LabError `bad-usage` */
export function seriesOf({ folds, group, repeat, varySplit }: OptionValues): SeriesKind | null {
  if (group !== undefined && folds === undefined) refuseAlone('--group', '--folds')
  if (varySplit && repeat === undefined) refuseAlone('--vary-split', '--repeat')
  if (folds !== undefined) return foldSeries(folds as number, group as string | undefined)
  return repeat === undefined ? null : repeatSeries(repeat as number, varySplit === true)
}

const foldSeries = (folds: number, group: string | undefined): SeriesKind => ({
  word: 'fold',
  file: runFiles.folds,
  count: folds,
  summary: 'mean ± sd',
  spread: ({ deviation }) => deviation,
  start: ({ experiment, read }, host) =>
    crossValidate({ table: read.table, experiment, folds, ...(group !== undefined && { group }) }, host),
})

const repeatSeries = (times: number, varySplit: boolean): SeriesKind => ({
  word: 'repeat',
  file: runFiles.repeats,
  count: times,
  summary: 'mean ± 95 %',
  spread: ({ halfWidth }) => halfWidth,
  start: ({ experiment, read }, host) =>
    repeatTraining({ table: read.table, experiment, times, varySplit }, host),
})

function refuseAlone(option: string, other: string): never {
  throw new LabError({
    code: 'bad-usage',
    expected: `${option} together with ${other}`,
    came: `${option} alone`,
    advice: `Add ${other} NUMBER, or leave ${option} out. See "nabla help train".`,
  })
}

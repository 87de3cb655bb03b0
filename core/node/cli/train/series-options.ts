import type { OptionValues } from 'commander'
import { LabError } from '../../../errors/lab-error'
import type { SeriesWish } from '../../../training/series-kinds'
import { runFiles } from '../../run-folder/layout'

/** The file of a series' table in its run folder. */
export const seriesFiles: Readonly<Record<SeriesWish['type'], string>> = {
  folds: runFiles.folds,
  repeats: runFiles.repeats,
}

/** The series that the options of `nabla train` ask for; null for a single training. @throws LabError `bad-usage` */
export function seriesOf({ folds, group, repeat, varySplit }: OptionValues): SeriesWish | null {
  if (group !== undefined && folds === undefined) refuseAlone('--group', '--folds')
  if (varySplit && repeat === undefined) refuseAlone('--vary-split', '--repeat')
  if (folds !== undefined)
    return { type: 'folds', count: folds as number, ...(group !== undefined && { group: String(group) }) }
  return repeat === undefined
    ? null
    : { type: 'repeats', count: repeat as number, varySplit: varySplit === true }
}

function refuseAlone(option: string, other: string): never {
  throw new LabError({
    code: 'bad-usage',
    expected: `${option} together with ${other}`,
    came: `${option} alone`,
    advice: `Add ${other} NUMBER, or leave ${option} out. See "nabla help train".`,
  })
}

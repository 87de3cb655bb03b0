import { LabError } from '../errors/lab-error'
import { losses } from '../losses/registry'
import type { Experiment } from '../experiment/schema'
import type { ResolvedColumn } from './columns'
import { isCoded, type Column } from './table'

type LossEntry = Experiment['loss']

const kindOf = (loss: LossEntry) => (loss && losses.has(loss.type) ? losses.get(loss.type) : undefined)

/** The scale that a loss needs its target in; nothing where any will do. */
export const targetScale = (loss: LossEntry): 'none' | undefined => kindOf(loss)?.targetScale

/**
 * A loss that counts wants whole counts in their own unit: not scaled, and none below its least.
 * @throws LabError `scaled-target`, `target-too-small`
 */
export function checkLossFitsNumbers(
  { column, scale }: ResolvedColumn,
  loss: LossEntry,
  rows: Uint32Array,
): void {
  const kind = kindOf(loss)
  if (!kind || isCoded(column)) return
  if (kind.targetScale && scale.type !== kind.targetScale) refuseScale(column, kind.type, scale.type)
  const least = kind.leastTarget ?? -Infinity
  const low = rows.find((row) => column.values[row]! < least)
  if (low !== undefined) refuseValue(column, kind.type, least, low, column.values[low]!)
}

function refuseScale(column: Column, loss: string, scale: string): never {
  throw new LabError({
    code: 'scaled-target',
    expected: `a target in its own unit, as the loss ${loss} needs it`,
    came: `the scale "${scale}"`,
    advice: `Set the scale of "${column.name}" to "none", or take the loss mean-squared-error.`,
    place: { column: column.name, path: `data.columns.${column.name}.scale` },
  })
}

function refuseValue(column: Column, loss: string, least: number, row: number, value: number): never {
  throw new LabError({
    code: 'target-too-small',
    expected: `a target of ${least} or more, as the loss ${loss} needs it`,
    came: String(value),
    advice: 'Correct the cell, or take a loss for any number such as mean-squared-error.',
    place: { column: column.name, row: row + 1 },
  })
}

/**
 * Words cannot be the target of a loss that only compares numbers. (That a loss fits its target otherwise is checked
 * where the network is built.)
 * @throws LabError `words-for-number-loss`, `unknown-kind`
 */
export function checkLossFitsColumn(column: Column, loss: LossEntry): void {
  if (!loss || !isCoded(column)) return
  const kind = losses.get(loss.type, 'loss.type')
  if (kind.targets.some((target) => target !== 'number')) return
  const row = column.codes.findIndex((code) => code >= 0)
  throw new LabError({
    code: 'words-for-number-loss',
    expected: `a target of numbers, as the loss ${loss.type} compares numbers`,
    came:
      row < 0 ? 'a column without a filled cell' : `words, such as "${column.levels[column.codes[row]!]}"`,
    advice: 'Choose a column of numbers as target, or a loss for classes such as softmax-cross-entropy.',
    place: row < 0 ? { column: column.name } : { column: column.name, row: row + 1 },
  })
}

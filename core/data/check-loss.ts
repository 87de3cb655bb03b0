import { LabError } from '../errors/lab-error'
import { losses } from '../losses/registry'
import { isCoded, type Column } from './table'

/**
 * Words cannot be the target of a loss that only compares numbers. (That a loss fits its target otherwise is checked
 * where the network is built.)
 * @throws LabError `words-for-number-loss`, `unknown-kind`
 */
export function checkLossFitsColumn(column: Column, loss: { readonly type: string } | undefined): void {
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

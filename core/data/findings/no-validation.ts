import type { SplitSettings } from '../../experiment/schema'
import type { FindingKind } from './kind'

/** No rows to choose the best weights by. */
export const noValidation: FindingKind = {
  code: 'no-validation',
  label: 'a split without validation rows',
  find: ({ rows, splits, data: { split } }) =>
    splits.validation.length > 0
      ? []
      : [
          {
            code: 'no-validation',
            severity: 'warning',
            expected: 'some rows for validation',
            came: 'none',
            advice:
              'Without them the best weights are chosen by the training loss. Give validation a share of the rows.',
            place: { path: 'data.split.validation' },
            columns: [],
            ...(canShare(split, rows.length) && {
              fix: { label: 'Give validation 15 % of the rows', change: { split: shares(split.test) } },
            }),
          },
        ],
}

/** A share too small for a single row is as good as none; who validates by marks has chosen each row. */
const canShare = ({ strategy, validation }: SplitSettings, rows: number): boolean =>
  strategy !== 'marker' && (validation === 0 || validation * rows < 1) && 0.15 * rows >= 1

/** Training keeps what validation and test leave, and never less than a half. */
function shares(test: number): { train: number; validation: number; test: number } {
  const left = Math.min(test, 0.35)
  return { train: Number((0.85 - left).toFixed(6)), validation: 0.15, test: left }
}

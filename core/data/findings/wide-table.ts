import type { FindingKind } from './kind'
import { plural } from './words'

/** More inputs than rows: a network can learn every row by heart. */
export const wideTable: FindingKind = {
  code: 'wide-table',
  label: 'more inputs than training rows',
  find: ({ inputs, splits }) =>
    inputs <= splits.train.length
      ? []
      : [
          {
            code: 'wide-table',
            severity: 'warning',
            expected: 'more training rows than inputs, better ten times as many',
            came: `${plural(inputs, 'input')} and ${plural(splits.train.length, 'training row')}`,
            advice:
              'Every row can be learned by heart. Leave columns out, or keep the weights small (weight decay, dropout).',
            columns: [],
          },
        ],
}

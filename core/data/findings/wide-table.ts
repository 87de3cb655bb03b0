import type { FindingKind } from './kind'
import type { Fix } from './fix'
import { plural } from './words'

/** More inputs than rows: a network can learn every row by heart. */
export const wideTable: FindingKind = {
  code: 'wide-table',
  label: 'more inputs than training rows',
  find: ({ inputs, splits, pixels }) =>
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
            ...(pixels.size === 0 && { fix: selectBest(splits.train.length) }),
          },
        ],
}

/** One input for ten training rows. An image without some of its pixels would be none. */
function selectBest(rows: number): Fix {
  const inputs = Math.max(1, Math.floor(rows / 10))
  return {
    label: `Keep the columns that tell most, in at most ${plural(inputs, 'input')}`,
    change: { select: { inputs } },
  }
}

import { LabError } from '../errors/lab-error'
import type { SplitSettings } from '../experiment/schema'
import { createRandom } from '../random/create-random'
import { splitNames, type SplitName } from './prepared'
import { splitKinds } from './splits/kinds'
import type { RowsToShare } from './splits/split-kind'

export type Splits = Record<SplitName, Uint32Array>

/**
 * Shares rows 0 .. count-1 out to training, validation and test, each in rising order. Rows without a key (such as a time
 * or a mark) are in none.
 * @throws LabError `bad-split` when the shares do not add to 1, `too-few-rows` when no row is left for training, and
 * what the strategy says of rows that it cannot share out
 */
export function splitRows(rows: RowsToShare, settings: SplitSettings): Splits {
  const shares = readShares(settings)
  const random = createRandom(settings.seed).split('split')
  const place = splitKinds[settings.strategy].share(rows, shares, random)
  if (place[0]!.length === 0) refuseEmpty(rows.count)
  const [train, validation, test] = inRisingOrder(place, rows.count)
  return { train: train!, validation: validation!, test: test! }
}

/** Lists of rows 0 .. count-1, each row in one of them at most: each rising. One pass over marked rows takes a tenth of a sort's time. */
function inRisingOrder(lists: readonly ArrayLike<number>[], count: number): Uint32Array[] {
  const listOf = new Uint8Array(count).fill(lists.length)
  lists.forEach((rows, list) => {
    for (let i = 0; i < rows.length; i++) listOf[rows[i]!] = list
  })
  const starts = [0]
  for (const { length } of lists) starts.push(starts.at(-1)! + length)
  const next = Uint32Array.from(starts)
  // Those in none follow all others.
  const rising = new Uint32Array(count)
  for (let row = 0; row < count; row++) rising[next[listOf[row]!]!++] = row
  return lists.map((_, list) => rising.slice(starts[list], starts[list + 1]))
}

function readShares(settings: SplitSettings): number[] {
  const shares = splitNames.map((name) => settings[name])
  const sum = shares.reduce((total, share) => total + share, 0)
  if (Math.abs(sum - 1) < 1e-6) return shares
  throw new LabError({
    code: 'bad-split',
    expected: 'shares of training, validation and test that add to 1',
    came: `${shares.join(' + ')} = ${Number(sum.toPrecision(6))}`,
    advice: 'Change one of the shares; validation and test may be 0.',
    place: { path: 'data.split' },
  })
}

function refuseEmpty(rowCount: number): never {
  throw new LabError({
    code: 'too-few-rows',
    expected: 'at least one row to train on',
    came: `${rowCount} ${rowCount === 1 ? 'row' : 'rows'} with a target, none of them for training`,
    advice: 'Use a table with more rows, or give training a larger share.',
    place: { path: 'data.split' },
  })
}

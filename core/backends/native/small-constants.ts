import type { Region } from '../../graph/op'
import type { Plan } from '../../graph/plan'
import { sizeOf } from '../../graph/shape'

/** Larger ones are read from memory, where they lie already. */
const MOST = 64

/** Finds the numbers of a plan's constants by their place, where they are few. */
export function smallConstants({ constants }: Plan): (region: Region) => readonly number[] | undefined {
  const known = new Map(constants.map(({ region, values }) => [placeOf(region), values]))
  return (region) => {
    const values = known.get(placeOf(region))
    return values && values.length <= MOST && values.length === sizeOf(region.shape) ? values : undefined
  }
}

const placeOf = ({ buffer, offset }: Region): string => `${buffer}@${offset}`

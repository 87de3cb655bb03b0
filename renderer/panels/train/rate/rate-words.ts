import { formatNumber } from '../../../../core/charts/format'
import type { RateFinderSettings, RateFinding } from '../../../../core/training/rate-finder'

/** The suggestion as it goes into an experiment: nobody needs more than two digits of a learning rate. */
export const roundRate = (rate: number): number => Number(rate.toPrecision(2))

const told = (rate: number): string => formatNumber(rate, 2)

/** What a sweep that has ended says, for people. */
export function findingInWords(
  { points, steepest, diverging, suggestion }: RateFinding,
  { lowest, highest, steps }: RateFinderSettings,
): string {
  if (!points.length) return 'No update was made.'
  if (steepest === null || suggestion === null)
    return points.length < steps && diverging === null
      ? 'Too little was seen to tell. Let it run to its end.'
      : `The loss falls nowhere clearly between ${told(lowest)} and ${told(highest)}. Try a wider range, or more updates; where batches are very noisy, larger ones.`
  const falls = `The loss falls fastest at ${told(steepest)}`
  if (diverging === null)
    return `${falls} and does not grow out of bounds up to ${told(points.at(-1)!.rate)}. ${told(suggestion)} is a good rate to begin with.`
  const why = suggestion < steepest ? ', a tenth of that,' : ''
  return `${falls} and grows out of bounds at ${told(diverging)}. ${told(suggestion)}${why} is a good rate to begin with.`
}

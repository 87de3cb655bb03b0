import type { Series } from '../../../stores/series'

export interface SeriesProgress {
  /** 0 to 1. Trainings that ended early count as whole. */
  readonly share: number
  /** Seconds. */
  readonly elapsed: number
  /** Seconds, if the rest takes as long as what is done; null while that is too little to tell. */
  readonly left: number | null
}

/** Share of a training that is under way, from its beginning and its last step. */
function shareOf({
  start,
  step,
}: {
  start: { epochs: number; stepsPerEpoch: number } | null
  step: { step: number } | null
}): number {
  const steps = start ? start.epochs * start.stepsPerEpoch : 0
  return steps && step ? Math.min(step.step / steps, 1) : 0
}

/** Too small a share to say how long the whole will take. */
const TOO_LITTLE = 0.01

/** How far a series is. @param now on the clock of `began`, milliseconds */
export function seriesProgress(
  { results, running, wish, began, took }: Pick<Series, 'results' | 'running' | 'wish' | 'began' | 'took'>,
  now: number,
): SeriesProgress {
  const partly = [...running.values()].reduce((sum, member) => sum + shareOf(member), 0)
  const share = Math.min((results.length + partly) / wish.count, 1)
  const elapsed = (took ?? now - began) / 1000
  const left = took !== null || share < TOO_LITTLE ? null : (elapsed * (1 - share)) / share
  return { share, elapsed, left }
}

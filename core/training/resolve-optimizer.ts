import { LabError, type Place } from '../errors/lab-error'
import type { Experiment } from '../experiment/schema'
import { slopePlan, type OptimizerChoice } from '../network/plans'
import type { ResolvedNetwork } from '../network/resolve'
import { isFullBatch, type FullBatchOptimizer } from '../optimizers/optimizer'
import { optimizers } from '../optimizers/registry'
import { isNoisy } from './training-objective'

/** Something that an optimizer over all rows cannot do. */
interface Obstacle {
  readonly applies: boolean
  readonly expected: string
  readonly came: string
  readonly advice: string
  readonly place: Place
}

/** The optimizer that an experiment asks for. @throws LabError `unknown-kind`, `bad-setting` or `optimizer-fit` */
export function resolveOptimizer(experiment: Experiment, network: ResolvedNetwork): OptimizerChoice {
  const { type, ...config } = optimizers.parse(experiment.optimizer, 'optimizer')
  const kind = optimizers.get(type)
  if (isFullBatch(kind)) checkFit(kind, experiment, network)
  return { kind, config }
}

/**
 * Sees to it that an optimizer that looks at all rows has a smooth function that stays one and the same.
 * @throws LabError `optimizer-fit`
 */
function checkFit(kind: FullBatchOptimizer, experiment: Experiment, network: ResolvedNetwork): void {
  const lists = [surroundings(kind, experiment), kind.needsSquaredError ? squaredError(kind, network) : []]
  const obstacle = lists.flat().find(({ applies }) => applies)
  if (!obstacle) return
  const { applies: _applies, ...page } = obstacle
  throw new LabError({ code: 'optimizer-fit', ...page })
}

function surroundings(
  { label }: FullBatchOptimizer,
  { regularization, clip, training }: Experiment,
): Obstacle[] {
  const besides: [boolean, string, string][] = [
    [(regularization?.l1 ?? 0) > 0, 'an L1 penalty, which has a kink at 0', 'regularization.l1'],
    [(regularization?.maxNorm ?? 0) > 0, 'a max-norm limit', 'regularization.maxNorm'],
    [clip !== undefined, 'clipped gradients', 'clip'],
    [(training.accumulate ?? 1) > 1, 'accumulated gradients', 'training.accumulate'],
    [training.sampling === 'balanced', 'rows drawn anew for each epoch', 'training.sampling'],
    [training.averaging !== undefined, 'averaged weights', 'training.averaging'],
  ]
  return besides.map(([applies, came, path]) => ({
    applies,
    came,
    expected: `a smooth loss of all rows for ${label}, with nothing between it and the weights`,
    advice: `Remove "${path}", or take an optimizer such as adam. L2 may stay.`,
    place: { path },
  }))
}

function squaredError({ label, mostParameters = Infinity }: FullBatchOptimizer, network: ResolvedNetwork) {
  const { loss, layout, statistics } = network
  const noise = `Remove such layers, or take l-bfgs or adam.`
  const obstacles: Obstacle[] = [
    {
      applies: loss.kind.type !== 'mean-squared-error',
      expected: `the mean squared error of a number, which is what ${label} solves for`,
      came: `the loss ${loss.kind.type}`,
      advice: 'Take the loss mean-squared-error, or another optimizer, such as l-bfgs.',
      place: { path: 'loss.type' },
    },
    {
      applies: layout.size > mostParameters,
      expected: `at most ${mostParameters} parameters, as ${label} solves for all at once`,
      came: `${layout.size} parameters`,
      advice: 'Make the layers smaller, or take l-bfgs or adam.',
      place: { path: 'network' },
    },
    {
      applies: statistics.size > 0,
      expected: `rows that do not look at each other, for ${label}`,
      came: 'a layer that normalizes over the batch',
      advice: noise,
      place: { path: 'network' },
    },
  ]
  // Built only where it is small enough to be built.
  const noisy = !obstacles.some(({ applies }) => applies) && isNoisy(slopePlan(network))
  const expected = `the same function each time, for ${label}`
  const came = 'a layer with random numbers, such as dropout'
  return [...obstacles, { applies: noisy, expected, came, advice: noise, place: { path: 'network' } }]
}

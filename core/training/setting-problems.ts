import type { TargetDescription } from '../data/prepared'
import type { HelpPage } from '../errors/lab-error'
import { pageOf } from '../errors/page-of'
import type { Experiment } from '../experiment/schema'
import { optimizers } from '../optimizers/registry'
import { schedules } from '../schedules/registry'
import type { ResolvedNetwork } from '../network/resolve'
import { checkChanges } from './changes/course'
import { resolveMonitor } from './monitor'
import { resolveOptimizer } from './resolve-optimizer'
import { checkSampling } from './row-order'
import { checkClassWeights } from './row-weights'

/**
 * Everything that is wrong with the settings of a training, apart from data, network and loss. Never throws for them.
 * @param network left out where it cannot be built: then nobody can say whether the optimizer fits it
 */
export function settingProblems(
  experiment: Experiment,
  target: TargetDescription,
  network: ResolvedNetwork | null = null,
): HelpPage[] {
  const { optimizer, schedule, training } = experiment
  const checks = [
    () => (network ? resolveOptimizer(experiment, network) : optimizers.parse(optimizer, 'optimizer')),
    () => schedules.parse(schedule, 'schedule'),
    () => resolveMonitor(training, target),
    () => checkSampling(training, target),
    () => checkClassWeights(training, target),
    () => checkChanges(experiment),
  ]
  return checks.flatMap((check) => pageOf(check) ?? [])
}

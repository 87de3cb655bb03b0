import type { TargetDescription } from '../data/prepared'
import { LabError, type HelpPage } from '../errors/lab-error'
import type { Experiment } from '../experiment/schema'
import { optimizers } from '../optimizers/registry'
import { schedules } from '../schedules/registry'
import { resolveMonitor } from './monitor'
import { checkSampling } from './row-order'

/** Everything that is wrong with the settings of a training, apart from data, network and loss. Never throws for them. */
export function settingProblems(
  { optimizer, schedule, training }: Experiment,
  target: Pick<TargetDescription, 'type' | 'column'>,
): HelpPage[] {
  const checks = [
    () => optimizers.parse(optimizer, 'optimizer'),
    () => schedules.parse(schedule, 'schedule'),
    () => resolveMonitor(training, target),
    () => checkSampling(training, target),
  ]
  return checks.flatMap(problemOf)
}

function problemOf(check: () => unknown): HelpPage[] {
  try {
    check()
    return []
  } catch (error) {
    if (error instanceof LabError) return [error.toPage()]
    throw error
  }
}

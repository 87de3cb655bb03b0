import { isFullBatch } from '../optimizers/optimizer'
import type { Random } from '../random/random'
import { BatchStepper } from './batch-stepper'
import { FullBatchStepper } from './full-batch-stepper'
import type { Stepper, StepperOptions } from './stepper'

/** The stepper that the optimizer needs. `random` is the stream of the steps. */
export function createStepper(options: StepperOptions, random: Random): Stepper {
  const { kind, config } = options.optimizer
  return isFullBatch(kind)
    ? new FullBatchStepper({ ...options, optimizer: { kind, config } }, random)
    : new BatchStepper({ ...options, optimizer: { kind, config } }, random)
}

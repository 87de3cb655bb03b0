import { z } from 'zod'
import type { Entry } from '../catalog/kind'
import type { ScheduleMoment } from './schedule'

const warmupFields = {
  warmup: z.int().min(0).max(1_000_000).default(0).meta({
    label: 'Warm-up',
    help: 'How long the learning rate rises in a line to its full size before the schedule begins. 0 turns it off.',
    advanced: true,
  }),
  warmupUnit: z.enum(['epochs', 'steps']).default('epochs').meta({
    label: 'Warm-up in',
    help: 'What the length of the warm-up counts.',
    advanced: true,
  }),
}

/** The settings of a schedule: its own, and the warm-up that all of them have. */
export const scheduleSchema = <Shape extends z.core.$ZodShape>(fields: Shape) =>
  z.strictObject({ ...fields, ...warmupFields })

/** The length of the warm-up in optimizer steps. */
export const warmupSteps = ({ warmup, warmupUnit }: Entry, stepsPerEpoch: number): number =>
  (warmup as number) * (warmupUnit === 'epochs' ? stepsPerEpoch : 1)

/**
 * The share of the rate in one of `length` steps of warm-up: 1 / (length + 1) in the first, 1 in the first one after.
 * Source: Goyal and others, “Accurate, large minibatch SGD”, 2017, section 2.2; PyTorch's LinearLR with this start.
 */
export const warmupShare = (step: number, length: number): number => (step + 1) / (length + 1)

/** The moment as the schedule sees it, whose time begins after the warm-up. */
export function afterWarmup(moment: ScheduleMoment, length: number): ScheduleMoment {
  if (length === 0) return moment
  const { epochs, stepsPerEpoch } = moment
  const step = moment.step - length
  // A warm-up as long as the training leaves at least one step, so that no schedule divides by 0.
  const left = Math.max(epochs - length / stepsPerEpoch, 1 / stepsPerEpoch)
  return { step, epoch: Math.floor(step / stepsPerEpoch), epochs: left, stepsPerEpoch }
}

import { z } from 'zod'
import { cos } from '../numerics/cos'
import type { ScheduleKind } from './schedule'
import { scheduleSchema } from './warmup'

const schema = scheduleSchema({
  first: z.int().min(1).max(1_000_000).default(10).meta({
    label: 'First cycle (epochs)',
    help: 'How many epochs pass before the learning rate jumps back for the first time.',
  }),
  growth: z.int().min(1).max(100).default(2).meta({
    label: 'Growth',
    help: 'How many times as long each cycle is as the one before.',
  }),
  minimum: z.number().min(0).max(1).default(0).meta({
    label: 'Minimum',
    help: 'Share of the learning rate that is left at the end of a cycle.',
  }),
})

/** How far through its cycle an epoch is, from 0 to below 1. */
function progress(epoch: number, first: number, growth: number): number {
  if (growth === 1) return (epoch % first) / first
  let [start, length] = [0, first]
  while (epoch >= start + length) {
    start += length
    length *= growth
  }
  return (epoch - start) / length
}

export const cosineRestarts: ScheduleKind<z.output<typeof schema>> = {
  type: 'cosine-restarts',
  order: 42,
  label: 'Cosine with restarts',
  help: 'Half a cosine down, then back to the full rate, each time longer. Take it to search several valleys; keep the best weights.',
  schema,
  formula: String.raw`\lambda_e = \lambda_0 \left( m + (1 - m)\, \tfrac{1}{2} \left( 1 + \cos \tfrac{\pi (e - e_i)}{T_i} \right) \right), \quad T_{i+1} = k\, T_i`,
  source:
    'Loshchilov and Hutter, “SGDR: stochastic gradient descent with warm restarts”, ICLR 2017, equation 5; by epoch, as PyTorch’s CosineAnnealingWarmRestarts',
  factor: ({ first, growth, minimum }, { epoch }) =>
    minimum + ((1 - minimum) * (1 + cos(Math.PI * progress(epoch, first, growth)))) / 2,
}

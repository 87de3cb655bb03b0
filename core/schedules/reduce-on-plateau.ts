import { z } from 'zod'
import type { Better } from '../metrics/metric'
import type { ScheduleKind } from './schedule'
import { scheduleSchema } from './warmup'

const schema = scheduleSchema({
  factor: z.number().gt(0).lt(1).default(0.1).meta({
    label: 'Factor',
    help: 'What each cut multiplies the learning rate with.',
  }),
  patience: z.int().min(0).max(1_000_000).default(10).meta({
    label: 'Patience (epochs)',
    help: 'How many epochs without a better value are borne; the next one cuts the rate.',
  }),
  threshold: z.number().min(0).lt(1).default(0.0001).meta({
    label: 'Threshold',
    help: 'Share by which a value must pass the best to count as better.',
    advanced: true,
  }),
  cooldown: z.int().min(0).max(1_000_000).default(0).meta({
    label: 'Cooldown (epochs)',
    help: 'Epochs after a cut that are not counted.',
    advanced: true,
  }),
  minimum: z.number().min(0).max(1).default(0).meta({
    label: 'Minimum',
    help: 'Share of the learning rate below which it is not cut.',
  }),
})

/**
 * Below the best by a share of its size, or above it. PyTorch multiplies the best itself with 1 ∓ θ, by which an equal
 * value would count as better where the best is negative, as R² or a Poisson loss may be.
 */
function isBetter(value: number, best: number, threshold: number, better: Better): boolean {
  if (!Number.isFinite(best)) return Number.isFinite(value)
  const share = threshold * Math.sign(best)
  return better === 'lower' ? value < best * (1 - share) : value > best * (1 + share)
}

export const reduceOnPlateau: ScheduleKind<z.output<typeof schema>> = {
  type: 'reduce-on-plateau',
  order: 24,
  label: 'Reduce on plateau',
  help: 'Cuts the learning rate when what is watched (the validation loss, if not told otherwise) gets no better for some epochs. Take it when you do not know when to cut.',
  schema,
  formula: String.raw`\lambda_{e+1} = \begin{cases} \max(\gamma \lambda_e,\, m \lambda_0) & \text{no } L < L_{best} - \theta\, |L_{best}| \text{ in more than } p \text{ epochs} \\ \lambda_e & \text{else} \end{cases}`,
  source:
    'Bengio, “Practical recommendations for gradient-based training of deep architectures”, 2012, section 3.1; rules and defaults as in PyTorch’s ReduceLROnPlateau, without its smallest change',
  memory: {
    start: { factor: 1, best: Infinity, waited: 0, cooling: 0 },
    next(config, { factor, best, waited, cooling }, value, better) {
      const ahead = isBetter(value, best!, config.threshold, better)
      const wait = ahead || cooling! > 0 ? 0 : waited! + 1
      const cooler = Math.max(0, cooling! - 1)
      const known = ahead ? value : best!
      if (wait <= config.patience) return { factor: factor!, best: known, waited: wait, cooling: cooler }
      const cut = Math.max(factor! * config.factor, config.minimum)
      return { factor: cut, best: known, waited: 0, cooling: config.cooldown }
    },
  },
  factor: (_config, _moment, { factor }) => factor!,
}

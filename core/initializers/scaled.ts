import { z } from 'zod'
import type { InitializerKind } from './initializer'

type Description = Pick<InitializerKind, 'type' | 'order' | 'label' | 'help' | 'formula' | 'source'>
type Variance = (fanIn: number, fanOut: number) => number

/** Settings of an initializer: it has none. */
export const noSettings = z.strictObject({})

/** An even draw from (-limit, limit), with limit = sqrt(3 variance). */
export const uniformWith = (variance: Variance, kind: Description): InitializerKind => ({
  ...kind,
  schema: noSettings,
  fill(values, { fanIn, fanOut }, random) {
    const limit = Math.sqrt(3 * variance(fanIn, fanOut))
    for (let i = 0; i < values.length; i++) values[i] = limit * (2 * random.uniform() - 1)
  },
})

/** A normal draw with mean 0. */
export const normalWith = (variance: Variance, kind: Description): InitializerKind => ({
  ...kind,
  schema: noSettings,
  fill(values, { fanIn, fanOut }, random) {
    const deviation = Math.sqrt(variance(fanIn, fanOut))
    for (let i = 0; i < values.length; i++) values[i] = deviation * random.normal()
  },
})

import { z } from 'zod'
import type { Experiment } from '../../experiment/schema'
import { stepOf } from './settings'

const place = { column: z.string(), start: z.number(), width: z.number() }

/** Version 1: numbers with one linear scale, categories as inputs of 0 and 1 or as codes. */
const firstVersion = z.looseObject({
  version: z.literal(1),
  features: z.array(
    z.union([
      z.object({
        ...place,
        type: z.enum(['number', 'boolean', 'date']),
        fill: z.number(),
        offset: z.number(),
        factor: z.number(),
        labels: z.tuple([z.string(), z.string()]).optional(),
      }),
      z.object({
        ...place,
        type: z.literal('category'),
        encode: z.literal('codes').optional(),
        levels: z.array(z.string()),
        fill: z.string().nullable(),
      }),
    ]),
  ),
  target: z.looseObject({ column: z.string(), type: z.string(), offset: z.number(), factor: z.number() }),
})

type FirstVersion = z.output<typeof firstVersion>
type Columns = Experiment['data']['columns']

/**
 * What was fitted by an earlier version, in the form of this one; anything else as it is. The columns of the run's experiment
 * tell the names of scales, which version 1 did not keep.
 */
export function migratePreprocessing(saved: unknown, columns: Columns): unknown {
  const result = firstVersion.safeParse(saved)
  if (!result.success) return saved
  const { features, target, ...rest } = result.data
  const { offset, factor, ...description } = target
  return {
    ...rest,
    version: 2,
    features: features.map((feature) => migrateFeature(feature, columns)),
    target: { ...description, scale: scaleOf(columns, target.column, description.type, { offset, factor }) },
  }
}

function migrateFeature(feature: FirstVersion['features'][number], columns: Columns): unknown {
  if (feature.type === 'category') return { ...feature, encode: { type: feature.encode ?? 'one-hot' } }
  const { offset, factor, ...rest } = feature
  const scale = scaleOf(columns, feature.column, feature.type, { offset, factor })
  return { ...rest, encode: { type: 'number' }, scales: [scale] }
}

/** Of a target of classes, and of numbers as they are, nothing was fitted. */
function scaleOf(
  columns: Columns,
  column: string,
  type: string,
  fitted: { readonly offset: number; readonly factor: number },
): unknown {
  if (type !== 'number' && type !== 'date' && type !== 'boolean') return { type: 'none' }
  const { type: scale } = stepOf('scale', type, columns[column])
  return scale === 'none' ? { type: 'none' } : { type: scale, ...fitted }
}

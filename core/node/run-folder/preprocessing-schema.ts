import { z } from 'zod'
import { refusalOf } from '../../catalog/schema-words'
import { encoders, scales } from '../../data/preparing/registries'
import type { Preprocessing } from '../../data/prepared'

interface Fitted {
  readonly type: string
  readonly found: z.ZodType<Record<string, unknown>>
}

/** A kind's type, with what that kind finds beside it. */
const fittedStep = (kinds: readonly Fitted[]) =>
  z.looseObject({ type: z.string() }).superRefine(({ type, ...found }, context) => {
    const kind = kinds.find((each) => each.type === type)
    const refusal = kind && refusalOf(kind.found, found)
    if (!kind) context.addIssue({ code: 'custom', message: `"${type}" is not known`, path: ['type'] })
    if (refusal)
      context.addIssue({ code: 'custom', message: refusal.expected, path: refusal.path.map(String) })
  })

const featureSchema = z.object({
  column: z.string(),
  type: z.enum(['number', 'boolean', 'date', 'category', 'text']),
  labels: z.tuple([z.string(), z.string()]).optional(),
  fill: z.union([z.number(), z.string()]).nullable(),
  clip: z.object({ low: z.number(), high: z.number() }).optional(),
  levels: z.array(z.string()).optional(),
  rare: z.array(z.string()).optional(),
  unseen: z.enum(['other', 'fill']).optional(),
  encode: fittedStep(encoders.list),
  scales: z.array(fittedStep(scales.list)).optional(),
  start: z.int().min(0),
  width: z.int().min(0),
  indicator: z.int().min(0).optional(),
})

const scale = { column: z.string(), scale: fittedStep(scales.list) }

const numberPart = z.object({ ...scale, type: z.literal('number') })
const binaryPart = z.object({
  ...{ ...scale, type: z.literal('binary') },
  classes: z.tuple([z.string(), z.string()]),
})

const targetSchema = z.discriminatedUnion('type', [
  numberPart,
  binaryPart,
  z.object({ ...scale, type: z.literal('category'), classes: z.array(z.string()).min(2) }),
  z.object({ type: z.literal('numbers'), parts: z.array(numberPart).min(2) }),
  z.object({ type: z.literal('labels'), parts: z.array(binaryPart).min(2) }),
])

/** `preprocessing.json` of a run folder, brought to this version by `migratePreprocessing`. */
export const preprocessingSchema: z.ZodType<Preprocessing> = z.object({
  version: z.literal(2),
  features: z.array(featureSchema).min(1),
  width: z.int().min(1),
  inputNames: z.array(z.string()),
  target: targetSchema,
})

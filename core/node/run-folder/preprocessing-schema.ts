import { z } from 'zod'
import type { Preprocessing } from '../../data/prepared'

const place = { column: z.string(), start: z.int().min(0) }

const featureSchema = z.union([
  z.object({
    ...place,
    type: z.enum(['number', 'boolean', 'date']),
    fill: z.number(),
    offset: z.number(),
    factor: z.number(),
    labels: z.tuple([z.string(), z.string()]).optional(),
    width: z.literal(1),
  }),
  z.object({
    ...place,
    type: z.literal('category'),
    encode: z.literal('codes').optional(),
    levels: z.array(z.string()),
    fill: z.string().nullable(),
    width: z.int().min(0),
  }),
])

const scale = { column: z.string(), offset: z.number(), factor: z.number() }

const targetSchema = z.discriminatedUnion('type', [
  z.object({ ...scale, type: z.literal('number') }),
  z.object({ ...scale, type: z.literal('binary'), classes: z.tuple([z.string(), z.string()]) }),
  z.object({ ...scale, type: z.literal('category'), classes: z.array(z.string()).min(2) }),
])

/** `preprocessing.json` of a run folder. */
export const preprocessingSchema: z.ZodType<Preprocessing> = z.object({
  version: z.literal(1),
  features: z.array(featureSchema).min(1),
  width: z.int().min(1),
  inputNames: z.array(z.string()),
  target: targetSchema,
})

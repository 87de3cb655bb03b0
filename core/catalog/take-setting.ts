import type { z } from 'zod'
import { LabError } from '../errors/lab-error'
import { cameWords, refusalOf } from './schema-words'

/** A single setting as its schema has it. @throws LabError `bad-setting` for a value that the schema refuses */
export function takeSetting<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const refusal = refusalOf(schema, value)!
  throw new LabError({
    code: 'bad-setting',
    expected: refusal.expected,
    came: cameWords(refusal.value),
    advice: 'Change it.',
  })
}

import path from 'node:path'
import { z } from 'zod'
import { themes, type Settings } from '../contract/settings'
import { jsonFile } from './json-file'

const rectangle = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) })

export const settingsSchema = z.object({
  theme: z.enum(themes).default('system'),
  zoom: z.number().min(0.5).max(3).default(1),
  sameBits: z.boolean().default(false),
}) satisfies z.ZodType<Settings>

const preferencesSchema = z.object({
  settings: settingsSchema.prefault({}),
  window: z.object({ bounds: rectangle, maximized: z.boolean() }).nullable().default(null),
  /** Files, and lists of files that were opened as one table. */
  recent: z.array(z.union([z.string(), z.array(z.string()).min(1)])).default([]),
})

/** All that is remembered between starts. */
export type Preferences = z.output<typeof preferencesSchema>

/** @param folder the app's `userData` */
export const openPreferences = (folder: string, log: (line: string) => void) =>
  jsonFile<Preferences>(path.join(folder, 'preferences.json'), preferencesSchema, log)

import fs from 'node:fs'
import type { z } from 'zod'
import { writeAtomic } from '../../core/node/files/write-atomic'

export interface JsonFile<T> {
  get(): T
  /** Keeps the value and writes it; a failure to write is logged only, since nothing that a user made is lost. */
  set(value: T): void
}

/**
 * A small record in a file of its own. A file that cannot be read as one is kept as `NAME.broken` and the defaults
 * take its place, so that a damaged setting never keeps the lab from starting.
 * @param schema gives a default for each field that is missing
 */
export function jsonFile<T>(file: string, schema: z.ZodType<T>, log: (line: string) => void): JsonFile<T> {
  let value = read(file, schema, log)
  return {
    get: () => value,
    set(next) {
      value = next
      try {
        writeAtomic(file, JSON.stringify(next, null, 2) + '\n')
      } catch (error) {
        log(`${file} could not be written: ${String(error)}`)
      }
    },
  }
}

function read<T>(file: string, schema: z.ZodType<T>, log: (line: string) => void): T {
  if (!fs.existsSync(file)) return schema.parse({})
  try {
    return schema.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
  } catch (error) {
    log(`${file} could not be read, defaults are used and it is kept as ${file}.broken: ${String(error)}`)
    fs.renameSync(file, `${file}.broken`)
    return schema.parse({})
  }
}

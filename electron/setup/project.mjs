import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's root folder, whatever folder the program was started in. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * Absolute path of something inside the project.
 * @param {...string} parts
 */
export const inRoot = (...parts) => path.join(root, ...parts)

/**
 * @param {string} file
 * @returns {any} the parsed JSON file, or undefined where it is missing or broken
 */
export function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

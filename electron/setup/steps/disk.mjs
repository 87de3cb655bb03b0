import fs from 'node:fs'
import path from 'node:path'
import { root } from '../project.mjs'
import { SetupError } from '../setup-error.mjs'

/** @typedef {import('../run-steps.mjs').Step} Step */

/**
 * @param {number} bytes
 */
const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`

/**
 * How much the steps need on each disk.
 * @param {Step[]} steps
 * @param {(folder: string) => string | number} diskOf tells disks apart
 * @returns {{ folder: string, bytes: number }[]} one entry a disk
 */
export function needs(steps, diskOf) {
  /** @type {Map<string | number, { folder: string, bytes: number }>} */
  const byDisk = new Map()
  for (const { bytes = 0, place = () => root } of steps) {
    const folder = existing(place())
    const disk = diskOf(folder)
    byDisk.set(disk, { folder, bytes: bytes + (byDisk.get(disk)?.bytes ?? 0) })
  }
  return [...byDisk.values()]
}

/**
 * @param {string} folder
 * @returns {string} the folder, or the nearest one above it that exists
 */
const existing = (folder) => (fs.existsSync(folder) ? folder : existing(path.dirname(folder)))

/** @param {string} folder */
function freeBytes(folder) {
  const { bavail, bsize } = fs.statfsSync(folder)
  return bavail * bsize
}

/**
 * @param {Step[]} steps those that are about to run
 * @param {{ free?: typeof freeBytes, diskOf?: (folder: string) => string | number }} [injected]
 */
export function checkDisk(steps, { free = freeBytes, diskOf = (folder) => fs.statSync(folder).dev } = {}) {
  for (const { folder, bytes } of needs(steps, diskOf)) {
    const left = free(folder)
    if (left >= bytes) continue
    throw new SetupError({
      title: 'There is not enough disk space',
      expected: `${gigabytes(bytes)} free at ${folder} for ${steps.map(({ name }) => name).join(', ')}`,
      came: `${gigabytes(left)} free`,
      advice: 'Free some space and run the command again. NABLA_CACHE moves large downloads to another disk.',
    })
  }
}

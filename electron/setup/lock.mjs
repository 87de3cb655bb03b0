import crypto from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { root } from './project.mjs'

const name = `nabla-setup-${crypto.createHash('sha256').update(root).digest('hex').slice(0, 16)}.lock`
const lockFile = path.join(os.tmpdir(), name)

/**
 * Runs `work` while no other setup of this checkout runs: two `npm ci` at once would pull the rug from each other.
 * @param {NodeJS.WritableStream} out
 * @param {() => Promise<void>} work
 * @param {string} [file]
 */
export async function withLock(out, work, file = lockFile) {
  for (let told = false; !take(file);) {
    const other = holder(file)
    if (!told && !Number.isNaN(other)) {
      out.write(`  waiting for another setup of this project (process ${other})\n`)
      told = true
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const release = () => fs.rmSync(file, { force: true })
  process.once('exit', release)
  try {
    await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

/**
 * @param {string} file holds the process id of whoever is at work
 * @returns {boolean} whether it is ours now
 */
function take(file) {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    if (!isAlive(holder(file), file)) fs.rmSync(file, { force: true })
    return false
  }
}

/**
 * @param {string} file
 * @returns {number} NaN while the file is being written or gone
 */
function holder(file) {
  try {
    return Number(fs.readFileSync(file, 'utf8') || NaN)
  } catch {
    return NaN
  }
}

/** A lock without a process id is being written right now, or was left by one that died while writing it. */
const WRITING_MILLISECONDS = 2000

/**
 * @param {number} pid
 * @param {string} file
 */
function isAlive(pid, file) {
  if (Number.isNaN(pid)) return age(file) < WRITING_MILLISECONDS
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/** @param {string} file */
const age = (file) => Date.now() - (fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())

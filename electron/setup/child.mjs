import { spawn } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import { inRoot, readJson, root } from './project.mjs'

/** @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number }} ChildOptions */
/** @typedef {[command: string, ...args: string[]]} Command */

/**
 * `npm …` as a command: through the npm that started us where there is one, since on Windows npm is a script.
 * @param {...string} args
 * @returns {Command}
 */
export function npm(...args) {
  const cli = process.env.npm_execpath
  if (cli?.endsWith('npm-cli.js')) return [process.execPath, cli, ...args]
  return process.platform === 'win32' ? ['cmd.exe', '/c', 'npm', ...args] : ['npm', ...args]
}

/**
 * The program that an installed package brings, run by this Node.
 * @param {string} name the package and its program, which have one name in all our cases
 * @param {...string} args
 * @returns {Command}
 */
export function tool(name, ...args) {
  const folder = inRoot('node_modules', name)
  const { bin } = readJson(path.join(folder, 'package.json')) ?? {}
  return [process.execPath, path.join(folder, typeof bin === 'string' ? bin : (bin?.[name] ?? '')), ...args]
}

/**
 * Runs a command and collects what it prints. Never rejects: a command that cannot start has code 127.
 * @param {Command} command
 * @param {ChildOptions} [options] `timeout` in milliseconds
 * @returns {Promise<{ code: number, output: string }>}
 */
export function capture([command, ...args], options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const collect = (/** @type {string} */ text) => void (output += text)
    child.stdout.setEncoding('utf8').on('data', collect)
    child.stderr.setEncoding('utf8').on('data', collect)
    child.on('error', (error) => resolve({ code: 127, output: output + error.message }))
    child.on('close', (code, signal) => resolve({ code: exitCode(code, signal), output }))
  })
}

/**
 * Runs a command in this terminal. Ctrl-C is the command's to handle (the terminal sends it there too), so we
 * wait for its end; a signal that was sent to us alone is passed on.
 * @param {Command} command
 * @param {ChildOptions} [options]
 * @returns {Promise<number>} its exit code, 128 + n where signal n ended it
 */
export function attach([command, ...args], options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, ...options, stdio: 'inherit' })
    const onInterrupt = () => void (process.stdin.isTTY || child.kill('SIGINT'))
    const onTerminate = () => void child.kill('SIGTERM')
    process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate)
    const done = () => process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate)
    child.on('error', (error) => (done(), reject(error)))
    child.on('close', (code, signal) => (done(), resolve(exitCode(code, signal))))
  })
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
const exitCode = (code, signal) => code ?? 128 + (signal ? os.constants.signals[signal] : 0)

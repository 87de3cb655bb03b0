import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { hasDisplay } from '../../../electron/setup/display.mjs'
import { runSteps } from '../../../electron/setup/run-steps.mjs'
import { seconds } from '../../../electron/setup/seconds.mjs'
import { SetupError } from '../../../electron/setup/setup-error.mjs'
import { checkDisk } from '../../../electron/setup/steps/disk.mjs'
import { missingNeeds, packagesFor } from '../../../electron/setup/steps/libraries.mjs'
import { isInstalled } from '../../../electron/setup/steps/packages.mjs'

function paper() {
  const written: string[] = []
  const out = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk))
      done()
    },
  })
  return { out, text: () => written.join('') }
}

/** A step that notes its runs in `log` and is done after the first. */
function step(name: string, log: string[], { done = false, error }: { done?: boolean; error?: Error } = {}) {
  return {
    name,
    isDone: () => done,
    run: async () => {
      log.push(name)
      if (error) throw error
      done = true
    },
  }
}

const broken = new SetupError({ title: 'No library', expected: 'a', came: 'b', advice: 'c' })

test('only the steps that are not done run, in their order', async () => {
  const log: string[] = []
  const steps = [step('one', log), step('two', log, { done: true }), step('three', log)]
  await runSteps(steps, { out: paper().out })
  expect(log).toEqual(['one', 'three'])
})

test('a quiet setup says nothing when there is nothing to do, and a line a step when there is', async () => {
  const log: string[] = []
  const steps = [step('one', log)]
  const [first, second] = [paper(), paper()]
  await runSteps(steps, { out: first.out, quiet: true })
  await runSteps(steps, { out: second.out, quiet: true })
  expect(first.text()).toMatch(/^ {2}one +… \d+\.\d s\n$/)
  expect(second.text()).toBe('')
})

test('a failing step ends the setup, unless it is forgiven', async () => {
  const log: string[] = []
  const bad = step('bad', log, { error: broken })
  const steps = [bad, step('after', log)]
  await expect(runSteps(steps, { out: paper().out })).rejects.toBe(broken)
  expect(log).toEqual(['bad'])
  const sheet = paper()
  await runSteps(steps, { out: sheet.out, forgive: [bad] })
  expect(log).toEqual(['bad', 'bad', 'after'])
  expect(sheet.text()).toContain('✗ No library')
})

test('a defect is never forgiven', async () => {
  const bad = step('bad', [], { error: new TypeError('defect') })
  await expect(runSteps([bad], { out: paper().out, forgive: [bad] })).rejects.toThrow('defect')
})

test('disk space is counted a disk, over the steps that are about to run', () => {
  const idle = { isDone: () => false, run: async () => {} }
  const steps = [
    { ...idle, name: 'packages', bytes: 6e8, place: () => '/' },
    { ...idle, name: 'app', bytes: 5e8, place: () => '/' },
    { ...idle, name: 'electron', bytes: 9e8, place: () => '/tmp' },
  ]
  const diskOf = (folder: string) => folder
  expect(() => checkDisk(steps, { free: () => 1.2e9, diskOf })).not.toThrow()
  expect(() => checkDisk(steps, { free: () => 1e9, diskOf })).toThrow('There is not enough disk space')
  expect(() => checkDisk(steps, { free: () => 1.2e9, diskOf: () => 'one disk' })).toThrow()
})

const lock = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/b-darwin': { version: '2.0.0', integrity: 'sha512-b', optional: true },
  },
}
const a = { version: '1.0.0', integrity: 'sha512-a' }

test.each([
  ['all that this system can have', { 'node_modules/a': a }, true],
  ['another version', { 'node_modules/a': { ...a, version: '1.0.1' } }, false],
  ['another content', { 'node_modules/a': { ...a, integrity: 'sha512-x' } }, false],
  ['one too many', { 'node_modules/a': a, 'node_modules/c': a }, false],
  ['one too few', {}, false],
])('node_modules with %s: installed is %s', (_, packages, expected) => {
  expect(isInstalled(lock, { packages })).toBe(expected)
})

test('without the account that npm leaves, nothing counts as installed', () => {
  expect(isInstalled(lock, undefined)).toBe(false)
})

const libraries = `2 libs found in cache
\tlibnss3.so (libc6,x86-64) => /lib/x86_64-linux-gnu/libnss3.so
\tlibgtk-3.so.0.2404 (libc6,x86-64) => /lib/libgtk-3.so.0.2404
`

test('missing libraries are found by their exact name, missing programs by PATH', () => {
  const needs = [
    { library: 'libnss3.so', packages: ['libnss3'] },
    { library: 'libgtk-3.so.0', packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
    { program: 'Xvfb', packages: ['xvfb'] },
    { program: 'xauth', packages: ['xauth'] },
  ]
  const missing = missingNeeds(needs, { libraries, hasProgram: (name) => name === 'xauth' })
  expect(missing).toEqual([needs[1], needs[2]])
})

test('each package is named once, by the name that this release knows', () => {
  const needs = [
    { program: 'Xvfb', packages: ['xvfb'] },
    { program: 'xvfb-run', packages: ['xvfb'] },
    { library: 'libgtk-3.so.0', packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
  ]
  expect(packagesFor(needs, (name) => name !== 'libgtk-3-0t64')).toEqual(['xvfb', 'libgtk-3-0'])
  expect(packagesFor(needs, () => true)).toEqual(['xvfb', 'libgtk-3-0t64'])
  expect(packagesFor(needs, () => false)).toEqual(['xvfb', 'libgtk-3-0'])
})

test('only Linux can lack a display', () => {
  expect(hasDisplay({}, 'linux')).toBe(false)
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true)
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
  expect(hasDisplay({}, 'darwin')).toBe(true)
})

test('durations read well', () => {
  expect([40, 41_300, 59_990, 125_000].map(seconds)).toEqual(['0.0 s', '41.3 s', '60.0 s', '2 min 05 s'])
})

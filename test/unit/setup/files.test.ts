import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cacheFolder, fallbackFolder, officialPath } from '../../../electron/setup/electron-path.mjs'
import { withLock } from '../../../electron/setup/lock.mjs'
import { fingerprint } from '../../../electron/setup/sources.mjs'
import {
  checkIntegrity,
  installOfficial,
  publish,
  siteAnswers,
} from '../../../electron/setup/steps/electron.mjs'

let folder = ''
const at = (...parts: string[]) => path.join(folder, ...parts)
function write(file: string, text: string) {
  fs.mkdirSync(path.dirname(at(file)), { recursive: true })
  fs.writeFileSync(at(file), text)
}

beforeEach(() => void (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nabla-setup-test-'))))
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

test('the fingerprint of sources changes with an edit, a rename, a new and a removed file, and with nothing else', () => {
  const print = () => fingerprint(['src', 'absent'], { base: folder, skip: (file) => file === 'src/skipped' })
  write('src/a.ts', 'one')
  write('src/deep/b.ts', 'two')
  const first = print()
  write('src/skipped/c.ts', 'three')
  fs.utimesSync(at('src/a.ts'), 0, 0)
  expect(print()).toBe(first)
  const seen = new Set([first])
  const changes = [
    () => write('src/a.ts', 'uno'),
    () => fs.renameSync(at('src/a.ts'), at('src/z.ts')),
    () => write('src/empty.ts', ''),
    () => fs.rmSync(at('src/deep/b.ts')),
  ]
  for (const change of changes) {
    change()
    expect(seen.has(print())).toBe(false)
    seen.add(print())
  }
})

test('two setups at once take turns', async () => {
  const log: string[] = []
  const out = new PassThrough()
  const work = (name: string) => async () => {
    log.push(`${name} begins`)
    await new Promise((resolve) => setTimeout(resolve, 60))
    log.push(`${name} ends`)
  }
  await Promise.all(['a', 'b'].map((name) => withLock(out, work(name), at('lock'))))
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
  expect(String(out.read())).toContain('waiting for another setup')
  expect(fs.existsSync(at('lock'))).toBe(false)
})

test('the lock of a setup that was killed is taken over, and a failing one gives its lock back', async () => {
  write('lock', '999999999') // above any system's largest process id
  await expect(
    withLock(new PassThrough(), () => Promise.reject(new Error('mine')), at('lock')),
  ).rejects.toThrow('mine')
  expect(fs.existsSync(at('lock'))).toBe(false)
})

test('the cache folder follows NABLA_CACHE, then XDG_CACHE_HOME, then the home folder', () => {
  expect(cacheFolder({ NABLA_CACHE: '/n', XDG_CACHE_HOME: '/x' })).toBe(path.join('/n', 'nabla-lab'))
  expect(cacheFolder({ XDG_CACHE_HOME: '/x' })).toBe(path.join('/x', 'nabla-lab'))
  expect(cacheFolder({})).toBe(path.join(os.homedir(), '.cache', 'nabla-lab'))
  expect(fallbackFolder({ NABLA_CACHE: '/n' })).toBe(
    path.join('/n', 'nabla-lab', 'electron-25.1.1-linux-x64'),
  )
})

test('the official Electron counts only when its installer has finished', () => {
  write('dist/electron', '')
  expect(officialPath(folder, {})).toBeUndefined()
  write('path.txt', 'electron')
  expect(officialPath(folder, {})).toBe(at('dist/electron'))
  expect(officialPath(folder, { ELECTRON_OVERRIDE_DIST_PATH: at('elsewhere') })).toBeUndefined()
})

test('a site that cannot be reached is told with its reason, at once', async () => {
  const begun = Date.now()
  const trouble = await siteAnswers('http://127.0.0.1:9/', 2000) // the discard port: nothing listens
  expect(trouble).toMatch(/^127\.0\.0\.1:9 is not reachable: /)
  expect(Date.now() - begun).toBeLessThan(2000)
})

test('where the site is not reachable, the official installer is not started', async () => {
  expect(await installOfficial({ isReachable: async () => 'no network' })).toBe('no network')
})

test('a file is accepted only with the hash that was pinned', () => {
  write('package.tgz', 'abc')
  // SHA-512 of "abc": FIPS 180-2, appendix C.1, in base64
  const known =
    'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=='
  expect(() => checkIntegrity(at('package.tgz'), known)).not.toThrow()
  write('package.tgz', 'abd')
  expect(() => checkIntegrity(at('package.tgz'), known)).toThrow('is not the file')
})

test('of two setups that unpacked at once, the first one wins and both succeed', () => {
  for (const name of ['first', 'second']) write(`${name}/electron`, name)
  publish(at('first'), at('final'))
  publish(at('second'), at('final'))
  expect(fs.readFileSync(at('final/electron'), 'utf8')).toBe('first')
})

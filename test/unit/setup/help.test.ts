import { expect, test } from 'vitest'
import { explainNpm } from '../../../electron/setup/explain-npm.mjs'
import { SetupError, helpText } from '../../../electron/setup/setup-error.mjs'
import { checkNode, isNewEnough } from '../../../electron/setup/steps/node.mjs'

test('a help page says what was expected, what came and what to do, with its lines aligned', () => {
  const page = new SetupError({ title: 'It broke', expected: 'a', came: 'b\nc', advice: 'd' })
  expect(helpText(page)).toBe(
    '\n✗ It broke\n\n  expected    a\n  what came   b\n              c\n  what to do  d\n',
  )
})

test('an error that is no help page keeps its stack, since it is a defect', () => {
  expect(helpText(new TypeError('x is not a function'))).toMatch(/TypeError: x is not a function\n\s+at /)
})

test.each([
  ['20.19.0', true],
  ['20.19.7', true],
  ['20.18.3', false],
  ['18.20.0', false],
  ['22.0.0', true],
  ['9.99.99', false],
])('Node %s is new enough for >=20.19.0: %s', (version, expected) => {
  expect(isNewEnough(version, '>=20.19.0')).toBe(expected)
})

test('an old Node gets a page that names both versions', () => {
  expect(() => checkNode('18.1.0', '>=20.19.0')).toThrow('This Node is too old')
  expect(() => checkNode('20.19.0', '>=20.19.0')).not.toThrow()
})

test.each([
  ['npm error code ENOSPC\nnpm error nospc no space left on device', 'The disk is full'],
  ['npm error code EAI_AGAIN\nnpm error request to https://x failed', 'The packages could not be downloaded'],
  ['npm error code EUSAGE\nnpm error package.json and lock in sync', 'package.json and package-lock.json'],
  ['npm error code EACCES\nnpm error path /x', 'npm was not allowed to write'],
  ['npm error code EINTEGRITY\nnpm error sha512-x', 'A package is not the one'],
  ['npm error something else', 'The packages could not be installed'],
])('%j is explained as "%s"', (output, title) => {
  const page = explainNpm(output)
  expect(page.message).toContain(title)
  expect(page.came).toContain(output.split('\n')[0])
})

test('warnings and stack lines of npm do not hide its error', () => {
  const output =
    'npm warn deprecated x\nnpm error code ECONNREFUSED\nnpm error     at ClientRequest (x.js:1:2)\nnpm error'
  expect(explainNpm(output).came).toBe('npm error code ECONNREFUSED')
})

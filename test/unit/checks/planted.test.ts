import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { ESLint } from 'eslint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../../..')
// Inside the project, where `vue` and TypeScript's own types are found; never committed.
const folder = path.join(root, 'test/output/planted')

const component = (script: string) =>
  `<script setup lang="ts">\n${script}\n</script>\n\n<template>\n  <p>{{ shown }}</p>\n</template>\n`

const planted = {
  'clean.ts': 'export const shown: number = 1\n',
  'Clean.vue': component('const shown: number = 1'),
  'types.ts': "export const shown: number = 'one'\n",
  'Types.vue': component("const shown: number = 'one'"),
  'Template.vue':
    '<script setup lang="ts">\nconst shown = 1\n</script>\n\n<template>\n  <p>{{ shwon }}</p>\n</template>\n',
  'any.ts': 'export const shown = (x: any) => Boolean(x)\n',
  'Any.vue': component('const shown = (x: any) => Boolean(x)'),
  'promise.ts': 'const later = async () => Promise.resolve(1)\nlater()\n\nexport {}\n',
  'Promise.vue': component('const shown = async () => Promise.resolve(1)\nshown()'),
}

const tsconfig = {
  extends: '../../../renderer/tsconfig.json',
  compilerOptions: { types: [], noUnusedLocals: false },
  include: ['*'],
}

beforeAll(() => {
  fs.rmSync(folder, { recursive: true, force: true })
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(tsconfig))
  for (const [name, text] of Object.entries(planted)) fs.writeFileSync(path.join(folder, name), text)
})
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

describe('a planted error', () => {
  it('of types is found, in components and their templates too', { timeout: 120_000 }, async () => {
    const compiler = path.join(root, 'node_modules/vue-tsc/bin/vue-tsc.js')
    const run = promisify(execFile)(
      process.execPath,
      [compiler, '-p', folder, '--noEmit', '--pretty', 'false'],
      {
        cwd: folder,
      },
    )
    const { code, stdout } = await run.then(
      () => ({ code: 0, stdout: '' }),
      (error: { code: number; stdout: string }) => error,
    )
    expect(code).not.toBe(0)
    const found = [...stdout.matchAll(/^([\w.]+)\(.*error (TS\d+)/gm)].map(
      ([, file, error]) => `${file} ${error}`,
    )
    expect(found.sort()).toEqual(['Template.vue TS2339', 'Types.vue TS2322', 'types.ts TS2322'])
  })

  it('of style is found, in components too', { timeout: 120_000 }, async () => {
    const eslint = new ESLint({
      cwd: folder,
      overrideConfigFile: path.join(root, 'test/lint/eslint.config.js'),
    })
    const results = await eslint.lintFiles(['.'])
    const found = results.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId }) => `${path.basename(filePath)} ${ruleId}`),
    )
    expect(found.filter((line) => !line.startsWith('Template.vue')).sort()).toEqual([
      'Any.vue @typescript-eslint/no-explicit-any',
      'Promise.vue @typescript-eslint/no-floating-promises',
      'any.ts @typescript-eslint/no-explicit-any',
      'promise.ts @typescript-eslint/no-floating-promises',
    ])
  })
})

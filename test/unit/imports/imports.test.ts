import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { brokenRule, roomOf } from './import-rules'
import { importsOf, mathRandomLines, sourceFiles } from './read-imports'

const root = path.resolve(import.meta.dirname, '../../..')
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8')
const files = ['core', 'electron', 'renderer', 'test'].flatMap((folder) => sourceFiles(root, folder))

/** Read once: there are hundreds. */
const imports = files.map((file) => ({ file, list: importsOf(file, read(file)) }))

const broken = (file: string, text: string) =>
  importsOf(file, text)
    .map((imported) => brokenRule(file, imported))
    .filter((rule) => rule !== null)

describe('the import rule', () => {
  it('is kept by every file', () => {
    expect(files.length).toBeGreaterThan(100)
    const faults = imports.flatMap(({ file, list }) => list.map((imported) => brokenRule(file, imported)))
    expect(faults.filter((fault) => fault !== null)).toEqual([])
  })

  it('has a room for every file', () => {
    expect(files.filter((file) => roomOf(file) === undefined)).toEqual([])
  })

  it('sees the imports of real files', () => {
    const seen = new Set(imports.flatMap(({ list }) => list.map(({ from }) => from)))
    for (const known of ['zod', 'vue', 'electron', 'node:fs', 'birpc']) expect(seen).toContain(known)
  })
})

describe('a planted wrong import is caught', () => {
  const planted: readonly [file: string, text: string, word: string][] = [
    ['core/graph/a.ts', "import fs from 'node:fs'", 'core knows no Node'],
    ['core/graph/a.ts', "import { readFile } from 'fs/promises'", 'core knows no Node'],
    ['core/graph/a.ts', "export { pool } from '../node/pool/run-pool'", 'core may not import core/node'],
    [
      'core/graph/a.ts',
      "const later = () => import('../../electron/main/menu')",
      'core may not import electron',
    ],
    ['core/graph/a.ts', "import { ref } from 'vue'", 'vue does not run in core'],
    ['core/graph/a.ts', "import lodash from 'lodash'", "lodash is not on core's list"],
    ['core/exports/a.ts', "import { init } from 'echarts'", 'core takes only types of echarts'],
    ['core/node/a.ts', "import { app } from 'electron'", 'electron does not run in core/node'],
    ['core/node/a.ts', "const a = require('../../renderer/main')", 'core/node may not import renderer'],
    ['electron/main/a.ts', "import '../../renderer/stores/runs'", 'electron may not import renderer'],
    ['electron/main/a.ts', "import { lab } from '../../test/e2e/lab'", 'electron may not import test'],
    ['electron/contract/a.ts', "import path from 'path'", 'electron/contract knows no Node'],
    ['electron/contract/a.ts', "import '../main/menu'", 'electron/contract may not import electron'],
    ['renderer/a.vue', "<script setup lang='ts'>\nimport os from 'os'\n</script>", 'renderer knows no Node'],
    [
      'renderer/a.ts',
      "import type { Engine } from '../core/node/engine'",
      'renderer may not import core/node',
    ],
    ['renderer/a.ts', "let a: import('../electron/main/lab').Lab", 'renderer may not import electron'],
    ['renderer/a.ts', "import { app } from 'electron'", 'electron does not run in renderer'],
  ]

  it.each(planted)('%s: %s', (file, text, word) => {
    const [rule, ...more] = broken(file, text)
    expect(rule).toContain(word)
    expect(rule).toContain('Rule: ')
    expect(more).toEqual([])
  })

  it.each([
    ['core/exports/a.ts', "import type { EChartsOption } from 'echarts'"],
    ['core/exports/a.ts', "import { type EChartsOption } from 'echarts'"],
    ['core/node/a.ts', "import { relu } from '../layers/relu'\nimport fs from 'node:fs'"],
    [
      'renderer/a.ts',
      "import type { Bridge } from '../electron/contract/desktop'\nimport { ref } from 'vue'",
    ],
    ['core/graph/a.ts', "// import fs from 'node:fs'\nconst text = \"import fs from 'node:fs'\""],
  ])('what is allowed is not: %s: %s', (file, text) => {
    expect(broken(file, text)).toEqual([])
  })
})

describe('chance is an argument', () => {
  it('so no file of core asks for Math.random', () => {
    const found = files
      .filter((file) => file.startsWith('core/'))
      .flatMap((file) => mathRandomLines(file, read(file)).map((line) => `${file}:${line}`))
    expect(found).toEqual([])
  })

  it.each(['Math.random()', "Math['random']()", 'const { random } = Math', 'const { random: r } = Math'])(
    'and a planted %s is caught',
    (text) => expect(mathRandomLines('core/a.ts', `\n${text}`)).toEqual([2]),
  )

  it('but a comment about it is not', () => {
    expect(mathRandomLines('core/a.ts', '// never Math.random()\nconst a = "Math.random()"')).toEqual([])
  })
})

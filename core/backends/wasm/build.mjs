// Compiles the kernels to WebAssembly and writes them as base64 text to generated/kernels.ts, so that the pure core
// can load them without reading files. Does nothing when the sources are those of the last build; --force builds anyway.

import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const kernels = join(here, 'kernels')
const target = join(here, 'generated', 'kernels.ts')
const { version } = createRequire(import.meta.url)('assemblyscript/package.json')

const options = [
  '--optimizeLevel 3',
  '--shrinkLevel 0',
  '--converge',
  '--noAssert',
  '--runtime stub',
  '--enable simd',
  '--importMemory',
  '--noExportMemory',
  '--zeroFilledMemory',
]

async function readSources() {
  const names = (await readdir(kernels)).filter((name) => name.endsWith('.ts')).sort()
  const texts = await Promise.all(names.map((name) => readFile(join(kernels, name), 'utf8')))
  return new Map(names.map((name, i) => [name, texts[i].replaceAll('\r\n', '\n')]))
}

function fingerprintOf(sources) {
  const hash = createHash('sha256').update(`${version} ${options.join(' ')}`)
  for (const [name, text] of sources) hash.update(`\0${name}\0${text}`)
  return hash.digest('hex')
}

async function compile(sources) {
  const { default: asc } = await import('assemblyscript/asc')
  let binary
  const { error, stderr } = await asc.main(
    ['index.ts', '--outFile', 'kernels.wasm', ...options.flatMap((option) => option.split(' '))],
    {
      readFile: (name) => sources.get(name) ?? null,
      writeFile: (name, contents) => (binary = contents),
      listFiles: () => [],
    },
  )
  if (error) throw new Error(`the kernels do not compile\n${stderr.toString()}`)
  return Buffer.from(binary)
}

/** Whole or not at all, so that two builds at once cannot leave half a file. */
async function writeWhole(path, text) {
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}`
  await writeFile(temporary, text)
  await rename(temporary, path)
}

const sources = await readSources()
const first = `// Made by core/backends/wasm/build.mjs from kernels/; do not edit. ${fingerprintOf(sources)}`
const before = await readFile(target, 'utf8').catch(() => '')
if (process.argv.includes('--force') || !before.startsWith(first)) {
  const binary = await compile(sources)
  await writeWhole(target, `${first}\nexport const kernels =\n  '${binary.toString('base64')}'\n`)
  console.log(`kernels: ${(binary.length / 1024).toFixed(1)} KB of WebAssembly`)
}

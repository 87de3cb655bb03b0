// Compiles AssemblyScript to WebAssembly: the kernels of the backend, and the reader of CSV bytes. Each module becomes base64
// text in a folder `generated`, so that the pure core can load it without reading files. Does nothing for a module whose
// sources are those of its last build; --force builds anyway.

import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const { version } = createRequire(import.meta.url)('assemblyscript/package.json')

const common = [
  '--optimizeLevel 3',
  '--shrinkLevel 0',
  '--converge',
  '--noAssert',
  '--runtime stub',
  '--enable simd',
]

/** The memory of the kernels is the backend's; a reader has its own, which grows with its tables of words. */
const modules = [
  {
    name: 'kernels',
    kernels: join(here, 'kernels'),
    target: join(here, 'generated', 'kernels.ts'),
    options: [...common, '--importMemory', '--noExportMemory', '--zeroFilledMemory'],
  },
  {
    name: 'csvKernel',
    kernels: join(here, '..', '..', 'data', 'csv', 'kernel'),
    target: join(here, '..', '..', 'data', 'csv', 'generated', 'csv-kernel.ts'),
    options: common,
  },
]

async function readSources(kernels) {
  const names = (await readdir(kernels)).filter((name) => name.endsWith('.ts')).sort()
  const texts = await Promise.all(names.map((name) => readFile(join(kernels, name), 'utf8')))
  return new Map(names.map((name, i) => [name, texts[i].replaceAll('\r\n', '\n')]))
}

function fingerprintOf(sources, options) {
  const hash = createHash('sha256').update(`${version} ${options.join(' ')}`)
  for (const [name, text] of sources) hash.update(`\0${name}\0${text}`)
  return hash.digest('hex')
}

async function compile(sources, options) {
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

for (const { name, kernels, target, options } of modules) {
  const sources = await readSources(kernels)
  const fingerprint = fingerprintOf(sources, options)
  const first = `// Made by core/backends/wasm/build.mjs from ${basename(kernels)}/; do not edit. ${fingerprint}`
  const before = await readFile(target, 'utf8').catch(() => '')
  if (before.startsWith(first) && !process.argv.includes('--force')) continue
  const binary = await compile(sources, options)
  await writeWhole(target, `${first}\nexport const ${name} =\n  '${binary.toString('base64')}'\n`)
  console.log(`${name}: ${(binary.length / 1024).toFixed(1)} KB of WebAssembly`)
}

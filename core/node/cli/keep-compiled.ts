import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { Module } from 'node:module'
import path from 'node:path'
import * as vm from 'node:vm'

/** A module of the loader, as far as compiling it goes. */
interface Compiling {
  readonly exports: unknown
  require(id: string): unknown
}

/** Parts of the loader that are documented by nothing but their long use; without them nothing is kept. */
interface Loader {
  readonly prototype: { _compile?: (this: Compiling, source: string, file: string) => unknown }
  readonly wrap?: (source: string) => string
}

/** What says that a script's `import` is that of any module. Node has it from 20.12 on; nothing is kept before that. */
const importAsUsual = (vm as { readonly constants?: Record<string, unknown> }).constants
  ?.USE_MAIN_CONTEXT_DEFAULT_LOADER

export interface KeepCompiledOptions {
  /** Whose files are kept compiled; others are loaded as ever. */
  readonly program: string
  /** Where they are kept: a folder of the user's own. */
  readonly cache: string
}

/**
 * Lets the next start of a program begin with what this one compiled. What is kept belongs to a source by its length and its
 * hash, and the engine takes no code that another version of it compiled. Where nothing can be kept, all works as without.
 * Gives what is to be called at the program's end, as functions that were called by then are kept, too.
 */
export function keepCompiled({ program, cache }: KeepCompiledOptions): () => void {
  const { prototype, wrap } = Module as unknown as Loader
  const compile = prototype._compile
  const fresh: Kept[] = []
  if (!compile || !wrap || !importAsUsual) return () => undefined
  prototype._compile = function (source, file) {
    if (path.dirname(file) !== program) return compile.call(this, source, file)
    const kept = compiled(wrap(source), file, path.join(cache, path.basename(file)))
    if (kept.script.cachedDataRejected !== false) fresh.push(kept)
    const run = kept.script.runInThisContext() as (...all: unknown[]) => unknown
    return run.call(this.exports, this.exports, (id: string) => this.require(id), this, file, program)
  }
  return () => keepAll({ program, cache }, fresh)
}

/** A script, and where it is kept. */
interface Kept {
  readonly script: vm.Script
  readonly source: string
  readonly file: string
}

function compiled(source: string, filename: string, file: string): Kept {
  const options = { filename, importModuleDynamically: importAsUsual as never }
  const cachedData = keptCode(source, file)
  return { script: new vm.Script(source, { ...options, ...(cachedData && { cachedData }) }), source, file }
}

/** Bytes of the seal before the code: it tells broken files, and those of another source, from whole ones. */
const SEAL = 32

const sealOf = (source: string, code: Uint8Array): Uint8Array =>
  createHash('sha256').update(source).update(code).digest()

/** The code that is kept in a file, if there is one and it is whole. */
function keptCode(source: string, file: string): Buffer | null {
  try {
    const data = readFileSync(file)
    const code = data.subarray(SEAL)
    return data.subarray(0, SEAL).equals(sealOf(source, code)) ? code : null
  } catch {
    return null
  }
}

function keepAll({ program, cache }: KeepCompiledOptions, scripts: readonly Kept[]): void {
  if (!scripts.length) return
  try {
    mkdirSync(cache, { recursive: true, mode: 0o700 })
    // Of builds that are gone.
    for (const name of readdirSync(cache))
      if (!existsSync(path.join(program, name))) rmSync(path.join(cache, name))
    for (const { script, source, file } of scripts) {
      const code = script.createCachedData()
      // Under a name of its own first, as another start may be reading.
      const own = `${file}.${process.pid}`
      writeFileSync(own, Buffer.concat([sealOf(source, code), code]), { mode: 0o600 })
      renameSync(own, file)
    }
  } catch {
    // A full disk, or one that is not ours to write to: the next start compiles anew.
  }
}

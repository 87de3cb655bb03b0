import { Option } from 'commander'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { backendWishes } from '../../backends/wish'
import { backends } from '../backend'
import { readJson } from '../files/read-text'
import { runFiles } from '../run-folder/layout'

const what = 'what computes: wasm has the same bits everywhere, native is for speed, auto tries both'

/** `--backend` of a training. */
export const backendOption = (): Option => new Option('--backend <name>', what).choices([...backendWishes])

/** `--backend` of what only measures. */
export const timedBackendOption = (): Option =>
  new Option('--backend <name>', what).choices(['auto', ...Object.keys(backends)]).default('wasm')

/** A run goes on with what it began with. */
export function recordedBackend(folder: string): string | undefined {
  const file = join(folder, runFiles.record)
  const record = existsSync(file) ? (readJson(file) as { backend?: unknown } | null) : null
  return typeof record?.backend === 'string' ? record.backend : undefined
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { nabla, type CliAnswer } from './run-in-test'

/** A folder of its own for each test of a file, and what tests do there. */
export function inFolder() {
  let folder = ''
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'nabla-cli-'))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const at = (...path: string[]): string => join(folder, ...path)
  const read = (...path: string[]): string => readFileSync(at(...path), 'utf8')
  return {
    at,
    read,
    readJson: (...path: string[]): Record<string, unknown> =>
      JSON.parse(read(...path)) as Record<string, unknown>,
    run: (...typed: string[]): Promise<CliAnswer> => nabla({ folder }, ...typed),
    /** iris, few epochs, so that a test is quick. */
    writeIris(changes: Record<string, unknown> = {}): void {
      const experiment = {
        nabla: 1,
        name: 'iris',
        data: { source: 'sample:iris' },
        network: [{ type: 'dense', units: 8 }, { type: 'relu' }, { type: 'output' }],
        training: { epochs: 6 },
        ...changes,
      }
      writeFileSync(at('iris.nabla.json'), JSON.stringify(experiment))
    },
  }
}

import { existsSync, readFileSync } from 'node:fs'
import { toHelpPage, type HelpPage } from '../../../core/errors/lab-error'
import { readSource } from '../../../core/node/reader/source'

/** What became of a hostile file in a process of its own, and of a good one after it. */
export interface HostileReport {
  /** Nothing where the file was read as a table. */
  readonly page: HelpPage | null
  readonly seconds: number
  /** Rows of the good table that the same process reads afterwards. */
  readonly goodRows: number
  /** Most resident memory of the process, in MiB. */
  readonly memory: number
}

async function report(hostile: string, good: string): Promise<HostileReport> {
  const start = performance.now()
  const page = await readSource(hostile, '/').then(
    () => null,
    (error: unknown) => toHelpPage(error),
  )
  const seconds = (performance.now() - start) / 1000
  const { table } = await readSource(good, '/')
  return { page, seconds, goodRows: table.rowCount, memory: mostMemory() }
}

/** Of this program alone where the system tells it: `maxRSS` begins with what the process that started this one had. */
function mostMemory(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
  const own = /VmHWM:\s+(\d+) kB/.exec(status)?.[1]
  return (own === undefined ? process.resourceUsage().maxRSS : Number(own)) / 1024
}

const [hostile = '', good = ''] = process.argv.slice(2)
void report(hostile, good).then((told) => process.stdout.write(JSON.stringify(told)))

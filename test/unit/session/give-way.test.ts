import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createEngine } from '../../../core/node/engine'
import { buildWorker } from './build-worker'

/** How much each thread of this process gives way; Linux tells in field 19 of its `stat`. */
const niceness = (): number[] =>
  readdirSync('/proc/self/task').flatMap((thread) => {
    const stat = statOf(thread)
    return stat === undefined ? [] : [Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])]
  })

/** Nothing for a thread that has ended since it was listed. */
function statOf(thread: string): string | undefined {
  try {
    return readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')
  } catch {
    return undefined
  }
}

it.runIf(process.platform === 'linux')('a thread that trains lets the window go before it', async () => {
  const own = Number(spawnSync('nice', { encoding: 'utf8' }).stdout)
  expect(Math.max(...niceness())).toBe(own)
  const engine = createEngine({
    workerFile: await buildWorker(),
    allowKill: false,
    onRunEvents: () => undefined,
    onRunStatus: () => undefined,
    onRunFailed: () => undefined,
    onTaskEvents: () => undefined,
  })
  await engine.propose('sample:iris')
  expect(Math.max(...niceness())).toBe(own + 10)
  await engine.close()
})

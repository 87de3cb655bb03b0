import path from 'node:path'
import { createEngine } from '../../core/node/engine'
import type { EngineEvents } from '../../core/protocol/contract'
import { engineServer, type EngineServer } from '../contract/engine-channel'
import { onPort } from './on-port'
import { runsOfPage } from './runs-of-page'

// The utility process: owns the engine and its workers, and speaks with each page over a port of its own.

const pages = new Set<EngineServer>()

/** Every page hears of every run and task; it knows which are its own. */
const tellAll =
  <Name extends keyof EngineEvents>(name: Name) =>
  (...args: Parameters<EngineEvents[Name]>): void => {
    for (const page of pages) void page.$callEvent(name, ...args)
  }

const engine = createEngine({
  workerFile: path.join(__dirname, 'worker.cjs'),
  onRunEvents: tellAll('onRunEvents'),
  onRunStatus: tellAll('onRunStatus'),
  onRunFailed: tellAll('onRunFailed'),
  onTaskEvents: tellAll('onTaskEvents'),
  allowKill: process.env.NABLA_TEST === '1',
})

onPort((port) => {
  const { functions, closeAll } = runsOfPage(engine)
  const page = engineServer(functions, port)
  pages.add(page)
  port.onClose(() => {
    pages.delete(page)
    page.$close()
    closeAll()
  })
})

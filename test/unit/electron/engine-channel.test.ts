import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, expect, it } from 'vitest'
import { LabError } from '../../../core/errors/lab-error'
import type { EngineEvents, EngineFunctions } from '../../../core/protocol/contract'
import { engineClient, engineServer, type EnginePort } from '../../../electron/contract/engine-channel'

const page = {
  code: 'file-missing',
  expected: 'a file',
  came: 'nothing there',
  advice: 'Look for it.',
  place: { file: 'a.csv', row: 3 },
}

const portOf = (port: MessagePort): EnginePort => ({
  post: (message) => port.postMessage(message),
  listen: (receive) => void port.on('message', receive),
})

const ports: MessagePort[] = []
afterEach(() => ports.splice(0).forEach((port) => port.close()))

/** Both sides over real ports, so that everything goes through structured clone. */
function connect(functions: Partial<EngineFunctions>, events: Partial<EngineEvents> = {}) {
  const { port1, port2 } = new MessageChannel()
  ports.push(port1, port2)
  const server = engineServer(functions as EngineFunctions, portOf(port2))
  return { client: engineClient(events as EngineEvents, portOf(port1)), server }
}

it('an answer comes back, and an error with every field of its help page', async () => {
  const { client } = connect({
    startRun: () => Promise.resolve({ runId: 'run-1' }),
    closeRun: () => Promise.reject(new LabError(page)),
    pauseRun: () => Promise.reject(new TypeError('a defect')),
  })
  expect(await client.startRun({} as never)).toEqual({ runId: 'run-1' })
  const problem: unknown = await client.closeRun('run-1').catch((error: unknown) => error)
  expect(problem).toBeInstanceOf(LabError)
  expect((problem as LabError).toPage()).toEqual(page)
  const defect: unknown = await client.pauseRun('run-1').catch((error: unknown) => error)
  expect(defect).toMatchObject({ code: 'unexpected', came: 'a defect' })
})

it('events reach the page', async () => {
  const heard = new Promise((resolve) => {
    const { server } = connect({}, { onRunStatus: (...args) => resolve(args) })
    void server.onRunStatus('run-1', 'paused')
  })
  expect(await heard).toEqual(['run-1', 'paused'])
})

it('calls under way are rejected when the connection is given up', async () => {
  const { client } = connect({ describe: () => new Promise(() => undefined) })
  const call = client.describe({} as never)
  const outcome = call.catch((error: unknown) => error)
  await new Promise((resolve) => setTimeout(resolve, 20))
  client.$close(new LabError(page))
  expect(await outcome).toMatchObject({ code: 'file-missing' })
})

it('nothing can be called but what the contract names', async () => {
  const { client } = connect({})
  const call = client.$call as unknown as (name: string) => Promise<unknown>
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    await expect(call(name)).rejects.toMatchObject({ code: 'unexpected' })
  }
})

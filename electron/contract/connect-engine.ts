import { LabError, type HelpPage } from '../../core/errors/lab-error'
import type { EngineEvents, EngineFunctions } from '../../core/protocol/contract'
import type { Bridge } from './desktop'
import { engineClient, type EngineClient } from './engine-channel'

/** What is needed of the browser's `MessagePort` and `window`, which this room's library does not know. */
interface PagePort {
  postMessage(message: unknown): void
  onmessage: ((this: never, event: never) => unknown) | null
  close(): void
}
interface PageMessage {
  readonly source: unknown
  readonly data: unknown
  readonly ports: readonly PagePort[]
}
export interface Page {
  addEventListener(type: 'message', listener: (event: PageMessage) => void): void
  removeEventListener(type: 'message', listener: (event: PageMessage) => void): void
  readonly crypto: { randomUUID(): string }
}

export interface EngineConnection {
  /** Calls go to the engine of the moment; one that is under way when the engine dies is rejected. */
  readonly engine: EngineFunctions
}

/**
 * Connects the page with the engine and, after the engine died, with the new one.
 * @param page the page's `window`
 */
export function connectEngine(page: Page, bridge: Bridge, events: EngineEvents): EngineConnection {
  const connect = async (): Promise<EngineClient> => engineClient(events, await receivePort(page, bridge))
  let client = connect()
  const drop = (problem: HelpPage) => void client.then((old) => old.$close(new LabError(problem)))
  bridge.onEngineRestarted((problem) => {
    drop(problem)
    client = connect()
  })
  bridge.onEngineLost((problem) => {
    drop(problem)
    client = Promise.reject(new LabError(problem))
    client.catch(() => undefined)
  })
  return { engine: callThrough(() => client) }
}

/** An object on which every function of the engine can be called before the connection stands. */
function callThrough(current: () => Promise<EngineClient>): EngineFunctions {
  const call = (name: keyof EngineFunctions) => {
    return async (...args: unknown[]) => {
      const client = await current()
      return (client.$call as (name: string, ...args: unknown[]) => Promise<unknown>)(name, ...args)
    }
  }
  return new Proxy({} as EngineFunctions, {
    get: (_, name) =>
      typeof name === 'string' && name !== 'then' ? call(name as keyof EngineFunctions) : undefined,
  })
}

/** The port comes as a message of the page to itself; the nonce tells ours from any other. */
function receivePort(page: Page, bridge: Bridge) {
  const nonce = page.crypto.randomUUID()
  return new Promise<{ post(message: unknown): void; listen(receive: (message: unknown) => void): void }>(
    (resolve) => {
      const listener = ({ source, data, ports: [port] }: PageMessage) => {
        if (source !== page || data !== `nabla:engine-port:${nonce}` || !port) return
        page.removeEventListener('message', listener)
        resolve({
          post: (message) => port.postMessage(message),
          listen: (receive) => void (port.onmessage = (event: { data: unknown }) => receive(event.data)),
        })
      }
      page.addEventListener('message', listener)
      bridge.requestEnginePort(nonce)
    },
  )
}

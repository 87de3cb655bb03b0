import { createBirpc } from 'birpc'
import { LabError, toHelpPage } from '../../core/errors/lab-error'
import type { EngineEvents, EngineFunctions } from '../../core/protocol/contract'

/** The two things that both kinds of message port can do, so that neither side's library is needed here. */
export interface EnginePort {
  post(message: unknown): void
  listen(receive: (message: unknown) => void): void
}

/** What travels: birpc's request or response, of which only the error is ours to look at. */
interface Message {
  e?: unknown
}

/** Errors cross as help pages: structured clone would keep only their message. */
const packError = (message: Message): Message =>
  'e' in message && message.e !== undefined ? { ...message, e: toHelpPage(message.e) } : message

const unpackError = (message: Message): Message =>
  message.e === undefined
    ? message
    : { ...message, e: new LabError(message.e as ReturnType<typeof toHelpPage>) }

/** A large file may take its time to be read; what takes longer than this hangs. */
const TIMEOUT = 10 * 60_000

const channel = (port: EnginePort) => ({
  post: (message: unknown) => port.post(message),
  on: (receive: (message: unknown) => void) => port.listen(receive),
  serialize: packError,
  deserialize: unpackError,
  // An error becomes the answer of the call; it is never an unhandled rejection of the channel.
  onTimeoutError(name: string): never {
    throw new LabError({
      code: 'engine-silent',
      expected: `an answer of the engine to ${name} within ten minutes`,
      came: 'none',
      advice: 'Try it again; if it stays silent, restart the lab. Your files were left as they are.',
    })
  },
  timeout: TIMEOUT,
})

/** The window's side: calls the engine, hears its events. */
export const engineClient = (events: EngineEvents, port: EnginePort) =>
  createBirpc<EngineFunctions, EngineEvents>(events, {
    ...channel(port),
    bind: 'functions',
    resolver: (name, given) => (Object.hasOwn(events, name) ? given : undefined),
  })

export type EngineClient = ReturnType<typeof engineClient>

/** One line for each event; the compiler asks for it when the interface grows. */
export const engineEventNames = Object.keys({
  onRunEvents: 0,
  onRunStatus: 0,
  onRunFailed: 0,
  onTaskEvents: 0,
} satisfies Record<keyof EngineEvents, 0>) as (keyof EngineEvents)[]

/** The engine's side. Only own functions can be called, never what an object inherits. */
export const engineServer = (functions: EngineFunctions, port: EnginePort) =>
  createBirpc<EngineEvents, EngineFunctions>(functions, {
    ...channel(port),
    bind: 'functions',
    eventNames: engineEventNames,
    resolver: (name, given) => (Object.hasOwn(functions, name) ? given : undefined),
  })

export type EngineServer = ReturnType<typeof engineServer>

import { toRaw } from 'vue'
import type { EngineEvents, EngineFunctions } from '../core/protocol/contract'
import { connectEngine } from '../electron/contract/connect-engine'
import { engineEventNames } from '../electron/contract/engine-channel'

const listeners = new Set<Partial<EngineEvents>>()

/** Listens to the engine's events; returns the way to stop listening. */
export function listenToEngine(listener: Partial<EngineEvents>): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

type Tell = (...message: unknown[]) => void

/** Passes each event on to whoever listens for it. */
const events = Object.fromEntries(
  engineEventNames.map((name) => [
    name,
    (...message: unknown[]) =>
      listeners.forEach((listener) => (listener[name] as Tell | undefined)?.(...message)),
  ]),
) as unknown as EngineEvents

/** A copy that has no proxy in it, at any depth. All that crosses is data that a file could hold, too. */
export const plain = <T>(value: T): T =>
  value === undefined ? value : (JSON.parse(JSON.stringify(toRaw(value))) as T)

const connection = connectEngine(window, window.nabla, events)

/**
 * The window's single door to the engine. What passes is plain data; what fails is a LabError. Calls made before the
 * engine is there wait for it, and those that it still owes when it dies are rejected.
 */
export const engine: EngineFunctions = new Proxy(connection.engine, {
  get: (target, name) => {
    const call = target[name as keyof EngineFunctions] as ((...args: unknown[]) => unknown) | undefined
    return call && ((...args: unknown[]) => call(...args.map(plain)))
  },
})

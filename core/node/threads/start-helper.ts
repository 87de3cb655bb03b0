import { Worker } from 'node:worker_threads'
import { takeParts } from '../../backends/wasm/threads/control'
import { help, type HelperSetup } from '../../backends/wasm/threads/helper'

/**
 * The program of a helper thread: for each setup that it is sent it helps until it is told to end, and says so. It is
 * text, so that it needs no file beside whichever program starts it.
 */
const program = `
const { parentPort } = require('node:worker_threads')
const help = ${help.toString()}
const takeParts = ${takeParts.toString()}
parentPort.on('message', (setup) => {
  help(setup, takeParts)
  parentPort.postMessage('free')
})`

/** Threads that have helped and wait for more: ending threads over and over has crashed Electron. */
const free: Worker[] = []

/** A thread that helps one backend. It ends with this one, and does not keep it alive. */
export function startHelper(setup: HelperSetup): void {
  const thread = free.pop() ?? startThread()
  thread.postMessage(setup)
}

function startThread(): Worker {
  const thread = new Worker(program, { eval: true })
  // What a helper cannot do is done without it.
  thread.on('error', () => undefined)
  thread.on('exit', () => {
    const place = free.indexOf(thread)
    if (place >= 0) free.splice(place, 1)
  })
  thread.on('message', () => free.push(thread))
  thread.unref()
  return thread
}

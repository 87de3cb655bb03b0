import { Worker } from 'node:worker_threads'
import { parseShare, type OddCell, type ShareResult, type ShareSetup } from './parse-share'

/** What a thread says: odd cells, and at last its result, or nothing where it was lost. */
type Said = { readonly odd: OddCell[] } | { readonly result: ShareResult | undefined }

/** The program of a thread, as text, so that it needs no file beside whichever program starts it. */
const program = `
const { parentPort } = require('node:worker_threads')
const { readSync } = require('node:fs')
const parseShare = ${parseShare.toString()}
const read = (setup) => {
  const share = parseShare(setup, readSync)
  for (;;) {
    const { done, value } = share.next()
    if (done) return value
    if (value.length) parentPort.postMessage({ odd: value })
  }
}
parentPort.on('message', (setup) => {
  let result
  try {
    result = read(setup)
  } catch {}
  parentPort.postMessage({ result })
})`

/** Threads that wait for more: ending threads over and over has crashed Electron. */
const free: Worker[] = []

/** Lets another thread take a share; gives its result, or nothing where it could not finish. */
export function readInThread(
  setup: ShareSetup,
  onOdd: (cells: readonly OddCell[]) => void,
): Promise<ShareResult | undefined> {
  const thread = free.pop() ?? new Worker(program, { eval: true })
  thread.ref()
  return new Promise((resolve) => {
    const end = (result: ShareResult | undefined, keep: boolean): void => {
      thread.removeAllListeners()
      thread.unref()
      if (keep) free.push(thread)
      // A thread that waits may still fail, and must not take the program with it.
      thread.on('error', () => undefined)
      resolve(result)
    }
    thread.removeAllListeners()
    thread.on('message', (said: Said) => {
      if ('odd' in said) onOdd(said.odd)
      else end(said.result, true)
    })
    thread.on('error', () => end(undefined, false))
    thread.on('exit', () => end(undefined, false))
    thread.postMessage(setup)
  })
}

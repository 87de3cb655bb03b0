import type { Page } from '@playwright/test'
import type { Bridge } from '../../electron/contract/desktop'

/** Ends a run's worker thread without warning, over a port to the engine of its own, which only tests are given. */
export const killWorker = (page: Page, runId: string): Promise<void> =>
  page.evaluate(
    (id) =>
      new Promise<void>((resolve, reject) => {
        const { nabla } = globalThis as typeof globalThis & { nabla: Bridge }
        const nonce = crypto.randomUUID()
        window.addEventListener('message', ({ data, ports: [port] }) => {
          if (data !== `nabla:engine-port:${nonce}` || !port) return
          port.onmessage = ({ data: answer }: MessageEvent<{ i?: string; e?: { came: string } }>) => {
            // The worker's end is told to every port as well; the answer is the message with our number.
            if (answer.i !== 'kill') return
            if (answer.e) reject(new Error(answer.e.came))
            else resolve()
          }
          // A request in birpc's own words.
          port.postMessage({ t: 'q', i: 'kill', m: 'killWorker', a: [id] })
        })
        nabla.requestEnginePort(nonce)
      }),
    runId,
  )

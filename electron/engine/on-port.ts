import type { EnginePort } from '../contract/engine-channel'

/** A port to a page, which also tells when the page is gone. */
export interface PortToPage extends EnginePort {
  onClose(listener: () => void): void
}

/** Calls `connect` with each port that main hands to this process. */
export function onPort(connect: (port: PortToPage) => void): void {
  process.parentPort.on('message', ({ ports: [port] }) => {
    if (!port) return
    connect({
      post: (message) => port.postMessage(message),
      listen: (receive) => void port.on('message', ({ data }) => receive(data)),
      onClose: (listener) => void port.on('close', listener),
    })
    port.start()
  })
}

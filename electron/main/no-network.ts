import type { Session } from 'electron'
import { contentSecurityPolicy } from './content-security-policy'

const OUTWARD = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*']

/**
 * Cancels every request to a network, and keeps the addresses of those that were tried. This is the second wall
 * behind the page's Content-Security-Policy.
 * @param dev origin of the development server, which alone is let through
 * @returns the addresses, the newest last
 */
export function blockNetwork(session: Session, dev?: string): readonly string[] {
  const blocked: string[] = []
  const allowed = dev ? [`${dev}/`, `${dev.replace(/^http/, 'ws')}/`] : []
  session.webRequest.onBeforeRequest({ urls: OUTWARD }, ({ url }, decide) => {
    const cancel = !allowed.some((start) => url.startsWith(start))
    if (cancel) blocked.push(url)
    decide({ cancel })
  })
  if (dev) sendPolicy(session, dev)
  return blocked
}

/** The development server knows nothing of our policy, so it is put on its answers here. */
const sendPolicy = (session: Session, dev: string) =>
  session.webRequest.onHeadersReceived({ urls: [`${dev}/*`] }, ({ responseHeaders }, decide) =>
    decide({
      responseHeaders: { ...responseHeaders, 'content-security-policy': [contentSecurityPolicy(dev)] },
    }),
  )

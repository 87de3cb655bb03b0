/** The page has a scheme of its own: `file://` pages cannot load module scripts and share one origin with all files. */
export const PAGE_SCHEME = 'app'
export const PAGE_ORIGIN = `${PAGE_SCHEME}://lab`

/** The development server's origin, or undefined outside of `npm run dev`. */
export const devServer = (env: NodeJS.ProcessEnv = process.env): string | undefined =>
  env.ELECTRON_RENDERER_URL ? new URL(env.ELECTRON_RENDERER_URL).origin : undefined

/** Where the window's page is. */
export const pageAddress = (dev = devServer()): string => (dev ? `${dev}/` : `${PAGE_ORIGIN}/index.html`)

/** Whether an address belongs to our own page. */
export function isOurs(address: string, dev = devServer()): boolean {
  // `origin` of a custom scheme is 'null' in Node's URL, so compare the text.
  return address.startsWith(`${PAGE_ORIGIN}/`) || (dev !== undefined && address.startsWith(`${dev}/`))
}

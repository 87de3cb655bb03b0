import fs from 'node:fs/promises'
import path from 'node:path'
import { protocol } from 'electron'
import { contentSecurityPolicy } from './content-security-policy'
import { PAGE_ORIGIN, PAGE_SCHEME } from './page-address'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
}

/** Must be called before the app is ready. */
export const registerPageScheme = () =>
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ])

/**
 * Answers for the page's scheme with files of one folder.
 * @param folder the built page
 */
export const servePage = (folder: string) =>
  protocol.handle(PAGE_SCHEME, async ({ url }) => {
    const file = fileFor(url, folder)
    const type = file && TYPES[path.extname(file)]
    const bytes = file && type ? await fs.readFile(file).catch(() => undefined) : undefined
    if (!type || !bytes) return new Response('Not found', { status: 404 })
    return new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': type,
        'content-security-policy': contentSecurityPolicy(),
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    })
  })

/** @returns a file inside the folder, or undefined for any address that leads out of it */
export function fileFor(address: string, folder: string): string | undefined {
  if (!address.startsWith(`${PAGE_ORIGIN}/`)) return undefined
  const name = decodeURIComponent(new URL(address).pathname)
  const file = path.join(folder, name)
  return file.startsWith(folder + path.sep) ? file : undefined
}

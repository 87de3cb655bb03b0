/**
 * What the page may load: its own files and nothing else, from no network at all.
 * Inline styles are allowed since Vue and ECharts set them on elements; scripts never are.
 * @param dev origin of the development server, which sends changes over a web socket
 */
export function contentSecurityPolicy(dev?: string): string {
  const rules: Record<string, string> = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': dev ? `'self' ${dev.replace(/^http/, 'ws')}` : "'none'",
    'worker-src': "'none'",
    'frame-src': "'none'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  }
  return Object.entries(rules)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}

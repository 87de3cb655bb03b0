import type { DesktopFacts } from '../contract/desktop'

const platforms: Readonly<Record<string, DesktopFacts['platform']>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'win32',
}

/** Main gives the app's version and the test mark on the preload's command line. */
const given = (name: string): string =>
  process.argv.find((word) => word.startsWith(`--nabla-${name}=`))?.slice(`--nabla-${name}=`.length) ?? ''

export const facts: DesktopFacts = {
  platform: platforms[process.platform] ?? 'other',
  versions: {
    app: given('version'),
    electron: process.versions.electron ?? '',
    chromium: process.versions.chrome ?? '',
  },
  test: given('test') === '1',
}

import * as loader from 'node:module'
import { homedir } from 'node:os'
import path from 'node:path'
import { keepCompiled } from './keep-compiled'

/** What Node 22 has, and the types of the oldest Node that we run on lack. */
interface CompileCache {
  enableCompileCache?: () => unknown
}

/** The user's folder for what can be made again; an empty variable counts as none. @throws where the user has no home */
const systemCache = (): string =>
  [process.env.XDG_CACHE_HOME, process.env.LOCALAPPDATA].find(
    (folder) => folder && path.isAbsolute(folder),
  ) ?? path.join(homedir(), ...(process.platform === 'darwin' ? ['Library', 'Caches'] : ['.cache']))

/** A folder for each command, as each calls other functions. */
function ownCache(command: string): string {
  const purpose = /^[a-z]{1,12}$/.test(command) ? command : 'other'
  return path.join(systemCache(), 'nabla-lab', `${process.version}-${process.arch}`, purpose)
}

function keepForNextStart(): void {
  try {
    const cache = ownCache(process.argv[2] ?? '')
    process.once('exit', keepCompiled({ program: path.join(__dirname, 'chunks'), cache }))
  } catch {
    // A user without a home.
  }
}

// What was compiled is kept for the next start: Node 22 does so by itself. Has to come before the program is loaded.
const { enableCompileCache } = loader as CompileCache
if (enableCompileCache) enableCompileCache()
else if (!process.env.NODE_DISABLE_COMPILE_CACHE) keepForNextStart()

void import('./main')

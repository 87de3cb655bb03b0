import * as loader from 'node:module'

/** What Node 22 has, and the types of the oldest Node that we run on lack. */
interface CompileCache {
  enableCompileCache?: () => unknown
}

// Where Node can, it keeps what it compiled for the next start. Has to come before the program is loaded.
;(loader as CompileCache).enableCompileCache?.()

void import('./main')

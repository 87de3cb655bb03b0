import { runBuilt } from './run-built.mjs'

// npm run bench -- …: times training alone.
await runBuilt('out/main/bench.cjs')

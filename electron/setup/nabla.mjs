import { runBuilt } from './run-built.mjs'

// npm run -s nabla -- …: the command line from a checkout.
await runBuilt('out/main/nabla.cjs')

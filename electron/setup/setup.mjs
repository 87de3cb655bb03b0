import { program } from './program.mjs'
import { runSteps } from './run-steps.mjs'
import { forTests, forWindow } from './steps/all.mjs'
import { hasDisplay } from './display.mjs'

// npm run setup: everything that start and test would do first.
await program(() => runSteps(hasDisplay() ? forWindow : forTests))

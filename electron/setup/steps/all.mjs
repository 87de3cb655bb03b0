import { app } from './app.mjs'
import { electron } from './electron.mjs'
import { kernels } from './kernels.mjs'
import { libraries, librariesAndDisplay } from './libraries.mjs'
import { packages } from './packages.mjs'

/** What the command line needs: no Electron, no system libraries. */
export const forCommandLine = [packages, kernels, app]

/** What the window needs. */
export const forWindow = [libraries, packages, electron, kernels, app]

/** What the tests need, on a machine with or without a display. */
export const forTests = [librariesAndDisplay, packages, electron, kernels, app]

import { attach, tool } from './child.mjs'
import { hasDisplay } from './display.mjs'
import { electronPath, sandboxFlags } from './electron-path.mjs'
import { program } from './program.mjs'
import { runSteps } from './run-steps.mjs'
import { SetupError } from './setup-error.mjs'
import { forWindow } from './steps/all.mjs'
import { app, forgetBuild } from './steps/app.mjs'

// npm run dev: the lab with hot reload. electron-vite builds as it goes, so the app step is left out.
await program(async () => {
  if (!hasDisplay()) {
    throw new SetupError({
      title: 'Hot reload needs a display',
      expected: 'DISPLAY or WAYLAND_DISPLAY to be set',
      came: 'neither is',
      advice: 'Use a desktop session, or a virtual one: xvfb-run -a npm run dev',
    })
  }
  await runSteps(forWindow.filter((step) => step !== app))
  forgetBuild()
  const sandbox = sandboxFlags().length ? { NO_SANDBOX: '1' } : {}
  const env = { ...process.env, ...sandbox, ELECTRON_EXEC_PATH: electronPath() }
  return attach(tool('electron-vite', 'dev', '--watch', '--config', 'electron/vite.config.ts'), { env })
})

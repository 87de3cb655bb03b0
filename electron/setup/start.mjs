import fs from 'node:fs'
import path from 'node:path'
import { attach } from './child.mjs'
import { hasDisplay } from './display.mjs'
import { electronPath, sandboxFlags } from './electron-path.mjs'
import { program } from './program.mjs'
import { inRoot, root } from './project.mjs'
import { runSteps } from './run-steps.mjs'
import { SetupError } from './setup-error.mjs'
import { electron } from './steps/electron.mjs'
import { forWindow } from './steps/all.mjs'
import { libraries } from './steps/libraries.mjs'

// npm start: set everything up, then open the lab.
await program(async () => {
  if (hasDisplay()) {
    await runSteps(forWindow)
    return openLab()
  }
  // Training needs neither Electron nor its libraries, so their absence must not stop a run without a window.
  await runSteps(forWindow, { forgive: [electron, libraries] })
  return trainSample()
})

async function openLab() {
  const executable = /** @type {string} */ (electronPath())
  if (sandboxFlags().length) console.log('Running as root: Chromium has no sandbox for root, so it is off.')
  const code = await attach([executable, root, ...sandboxFlags(), ...process.argv.slice(2)])
  if (code === 0 || code === 130 || code === 143) return code
  throw new SetupError({
    title: 'The lab did not end well',
    expected: 'Electron to open the window and to end with code 0',
    came: `code ${code}; what Electron said is above`,
    advice:
      'If it speaks of the sandbox: allow unprivileged user namespaces, or make the chrome-sandbox file beside\n' +
      `${executable}\nowned by root with mode 4755. If it speaks of the display: check DISPLAY.`,
  })
}

async function trainSample() {
  console.log(
    'There is no display (DISPLAY and WAYLAND_DISPLAY are not set): training the iris sample without a window.',
  )
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-').replace('T', '_')
  const folder = inRoot('runs', `sample-${time}`)
  const experiment = `${folder}.nabla.json`
  fs.mkdirSync(path.dirname(folder), { recursive: true })
  const created = await nabla('new', 'sample:iris', '-o', experiment)
  const code = created || (await nabla('train', experiment, '--out', folder))
  if (code === 0) console.log(`\nThe run folder is ${folder}`)
  return code
}

/** @param {...string} args */
function nabla(...args) {
  return attach([process.execPath, inRoot('out/main/nabla.cjs'), ...args])
}

import path from 'node:path'
import { app, session } from 'electron'
import { z } from 'zod'
import { answerPage, desktopFunctions } from './desktop-functions'
import { EngineHost } from './engine-host'
import { receive } from './ipc'
import { Lab } from './lab'
import { refuseNavigation, refusePermissions } from './lock-down'
import { openLog } from './log-file'
import { blockNetwork } from './no-network'
import { filesToOpen } from './opened-files'
import { devServer } from './page-address'
import { openPreferences } from './preferences'
import { registerPageScheme, servePage } from './serve-page'
import { quitPolitely } from './quit'
import { showToTests } from './show-to-tests'

app.setName('Nabla Lab')
// Another place for settings and logs: for tests, and for a lab on a memory stick.
app.setPath('userData', process.env.NABLA_USER_DATA ?? path.join(app.getPath('appData'), 'nabla-lab'))
app.setAppLogsPath(path.join(app.getPath('userData'), 'logs'))
// Every page, also one that a defect should open. As root on Linux, Chromium can run without a sandbox only.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerPageScheme()
refuseNavigation(app)

// Files that the system asks for before the app is ready; afterwards they go straight to the window.
const early = filesToOpen(process.argv.slice(1), process.cwd())
let open = (file: string): void => {
  early.push(file)
}

app.on('open-file', (event, file) => {
  event.preventDefault()
  open(file)
})

if (app.requestSingleInstanceLock()) void app.whenReady().then(start)
else app.quit()

function start(): void {
  const logs = app.getPath('logs')
  const log = openLog(logs, 'main')
  process.on('uncaughtException', (error) => log.line(`uncaught: ${error.stack ?? error.message}`))
  process.on('unhandledRejection', (reason) => log.line(`unhandled: ${String(reason)}`))

  servePage(path.join(__dirname, '../renderer'))
  refusePermissions(session.defaultSession)
  const blocked = blockNetwork(session.defaultSession, devServer())

  const preferences = openPreferences(app.getPath('userData'), log.line)
  const lab = new Lab(preferences)
  const engine = new EngineHost({
    file: path.join(__dirname, 'engine.cjs'),
    log: openLog(logs, 'engine'),
    onRestarted: (problem) => lab.send('engine:restarted', problem),
    onLost: (problem) => lab.send('engine:lost', problem),
  })
  answerPage(desktopFunctions(lab))
  receive('engine:connect', z.tuple([z.uuid()]), ({ sender }, nonce) => engine.connect(sender, nonce))
  receive(
    'path:dropped',
    z.tuple([z.string().min(1).max(4096)]),
    (_event, file) => void lab.paths.grant(file),
  )
  receive('path:listening', z.tuple([]), () => lab.startListening())
  receive('edit', z.tuple([z.enum(['undo', 'redo'])]), ({ sender }, action) => sender[action]())

  open = (file) => lab.openPaths([file])
  app.on('second-instance', (_event, argv, folder) => {
    const files = filesToOpen(argv.slice(1), folder)
    if (files.length > 0) lab.openPaths(files)
    else lab.show()
  })
  app.on('activate', () => lab.show())
  quitPolitely(lab, engine)
  showToTests({ blocked, enginePid: () => engine.pid, openPath: open })

  if (early.length > 0) lab.openPaths(early)
  else lab.show()
}

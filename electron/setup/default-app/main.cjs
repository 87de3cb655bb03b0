// What Electron's own default app does, for an Electron that came without one: `electron PATH` loads the app at
// PATH. steps/electron.mjs copies it into the cached Electron.
const { app } = require('electron')
const fs = require('node:fs')
const path = require('node:path')
const { pathToFileURL } = require('node:url')

const given = process.argv.slice(1)
const target = given.find((argument) => !argument.startsWith('-'))

if (given.includes('--version') || given.includes('-v')) {
  console.log(`v${process.versions.electron}`)
  app.exit(0)
} else if (target === undefined) {
  console.error('expected the path of an app: electron PATH')
  app.exit(2)
} else {
  load(path.resolve(target)).catch((error) => {
    console.error(`${target} could not be loaded as an app\n`, error)
    app.exit(1)
  })
}

/** Takes on the app's identity first, since its main reads name, version and data folder while it loads. */
async function load(appPath) {
  process.defaultApp = true
  const manifest = path.join(appPath, 'package.json')
  if (fs.existsSync(manifest)) {
    const { name, productName, version, desktopName } = JSON.parse(fs.readFileSync(manifest, 'utf8'))
    if (version) app.setVersion(version)
    if (productName || name) app.name = productName || name
    app.setDesktopName(desktopName || `${app.name}.desktop`)
    app.setPath('userData', path.join(app.getPath('appData'), app.name))
    app.setAppPath(appPath)
  }
  const file = require.resolve(appPath)
  if (isModule(file)) await import(pathToFileURL(file).href)
  else require(file)
}

function isModule(file) {
  if (!file.endsWith('.js')) return file.endsWith('.mjs')
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json')
    if (fs.existsSync(manifest)) return JSON.parse(fs.readFileSync(manifest, 'utf8')).type === 'module'
    if (folder === path.dirname(folder)) return false
  }
}

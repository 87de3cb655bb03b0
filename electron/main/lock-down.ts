import type { App, Session } from 'electron'
import { isOurs } from './page-address'

/** No permission is ever given: the page needs no camera, no clipboard reading, no notifications, no devices. */
export function refusePermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
}

/** Every page of this app, also one that a defect should open, stays where it is and opens no other. */
export function refuseNavigation(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-navigate', (event, address) => void (isOurs(address) || event.preventDefault()))
    contents.on('will-redirect', (event, address) => void (isOurs(address) || event.preventDefault()))
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}

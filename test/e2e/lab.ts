import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { test as base, _electron, type ElectronApplication, type Page } from '@playwright/test'
import { electronPath, sandboxFlags } from '../../electron/setup/electron-path.mjs'
import type { TestView } from '../../electron/main/show-to-tests'
import { watchHeartbeat, type Heartbeat } from './heartbeat'

const root = path.resolve(import.meta.dirname, '../..')

export interface LabOptions {
  /** Words on the command line, such as a file to open. */
  readonly words?: readonly string[]
  /** Where the app keeps its settings; a new folder by default. */
  readonly userData?: string
}

/** The real app in the real Electron, and what a test does to it from outside. */
export interface Lab {
  readonly app: ElectronApplication
  readonly page: Page
  readonly userData: string
  /** What the page wrote to its console as an error, and what it threw. */
  readonly errors: readonly string[]
  /** Addresses that the app tried to reach and that were blocked. */
  blocked(): Promise<readonly string[]>
  enginePid(): Promise<number | undefined>
  /** Opens a file as the system's file manager would. */
  openPath(file: string): Promise<void>
  /** Chooses an item of the menu bar by its id, which is its command's name. */
  menu(id: string): Promise<void>
  /** Whether a menu item is there and can be chosen. */
  menuEnabled(id: string): Promise<boolean>
  theme(theme: 'light' | 'dark'): Promise<void>
  size(width: number, height: number): Promise<void>
  /** The next open dialogs give these files; null is Cancel. */
  answerOpenDialog(files: string | readonly string[] | null): Promise<void>
  answerSaveDialog(file: string | null): Promise<void>
  /** Questions are answered with the button of this label. */
  answerQuestion(button: string): Promise<void>
  /** Drops files of the disk on an element, as from the file manager. */
  dropFile(selector: string, ...files: string[]): Promise<void>
  /** Puts text in the system's clipboard. */
  copyText(text: string): Promise<void>
  /** A picture in test/output/screenshots, named NAME-THEME-SIZE.png. */
  screenshot(name: string): Promise<string>
  heartbeat(): Promise<Heartbeat>
  close(): Promise<void>
}

/** Starts the app. It must have been built. */
export async function launchLab(options: LabOptions = {}): Promise<Lab> {
  const userData = options.userData ?? (await fs.mkdtemp(path.join(os.tmpdir(), 'nabla-e2e-')))
  const app = await _electron.launch({
    executablePath: electronPath(),
    args: [root, ...sandboxFlags(), ...(options.words ?? [])],
    cwd: root,
    // The app's own theme counts, not one that Playwright puts over it.
    colorScheme: null,
    env: { ...process.env, NABLA_TEST: '1', NABLA_USER_DATA: userData },
  })
  const page = await app.firstWindow()
  const errors: string[] = []
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
  // A defect must not hang the tests on a question that nobody answers.
  await answerQuestion(app, "Don't Save")
  await page.waitForLoadState()
  return { app, page, userData, errors, ...handles(app, page) }
}

type Handles = Omit<Lab, 'app' | 'page' | 'userData' | 'errors'>

function handles(app: ElectronApplication, page: Page): Handles {
  const view = { ...inMain(app), ...dialogs(app), ...looks(app, page) }
  return {
    ...view,
    dropFile: (selector, ...files) => dropFile(page, selector, files),
    copyText: (text) => app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text),
    heartbeat: async () => watchHeartbeat(page, await pageProcess(app)),
    close: () => app.close(),
  }
}

const pageProcess = (app: ElectronApplication): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId())

declare const nablaTest: TestView

/** What is asked of the main process; the functions run there. */
const inMain = (app: ElectronApplication) => ({
  blocked: () => app.evaluate(() => [...nablaTest.blocked]),
  enginePid: () => app.evaluate(() => nablaTest.enginePid()),
  openPath: (file: string) => app.evaluate((_electron, path) => nablaTest.openPath(path), file),
  menu: (id: string) =>
    app.evaluate(({ Menu }, wanted) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById(wanted)
      if (!item?.enabled) throw new Error(`the menu item ${wanted} is ${item ? 'disabled' : 'not there'}`)
      const click = item.click as () => void
      click()
    }, id),
  menuEnabled: (id: string) =>
    app.evaluate(
      ({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.enabled ?? false,
      id,
    ),
})

/** The system's dialogs cannot be driven from outside, so main's calls to them are answered. */
const dialogs = (app: ElectronApplication) => ({
  answerOpenDialog: (files: string | readonly string[] | null) =>
    app.evaluate(
      ({ dialog }, chosen) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: chosen.length === 0, filePaths: chosen })
      },
      typeof files === 'string' ? [files] : [...(files ?? [])],
    ),
  answerSaveDialog: (file: string | null) =>
    app.evaluate(({ dialog }, chosen) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: chosen === null, filePath: chosen ?? '' })
    }, file),
  answerQuestion: (button: string) => answerQuestion(app, button),
})

const answerQuestion = (app: ElectronApplication, button: string) =>
  app.evaluate(({ dialog }, label) => {
    const answer = (...args: unknown[]) => {
      const { buttons = [] } = args.at(-1) as { buttons?: string[] }
      const response = Math.max(0, buttons.indexOf(label))
      return Promise.resolve({ response, checkboxChecked: false })
    }
    dialog.showMessageBox = answer
  }, button)

const looks = (app: ElectronApplication, page: Page) => ({
  async theme(theme: 'light' | 'dark') {
    await app.evaluate(({ nativeTheme }, wanted) => void (nativeTheme.themeSource = wanted), theme)
    await page.waitForFunction((wanted) => matchMedia(`(prefers-color-scheme: ${wanted})`).matches, theme)
  },
  async size(width: number, height: number) {
    await app.evaluate(
      ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h),
      [width, height] as const,
    )
    await page.waitForFunction(([w, h]) => innerWidth === w && innerHeight === h, [width, height] as const)
  },
  async screenshot(name: string) {
    const look = await page.evaluate(() => {
      const theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
      return `${theme}-${innerWidth}x${innerHeight}`
    })
    const file = path.join(root, 'test/output/screenshots', `${name}-${look}.png`)
    await page.screenshot({ path: file, animations: 'disabled' })
    return file
  },
})

/** Through the browser's own input, so that the file has a path, which one made by a script never has. */
async function dropFile(page: Page, selector: string, files: string[]): Promise<void> {
  const box = await page.locator(selector).boundingBox()
  if (!box) throw new Error(`${selector} is not on the page`)
  const cdp = await page.context().newCDPSession(page)
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const data = { items: [], files, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await cdp.send('Input.dispatchDragEvent', { type, ...at, data })
  }
  await cdp.detach()
}

/** `test` with the app running in `lab`; it is closed after each test, also when that failed. */
export const test = base.extend<{ lab: Lab; words: readonly string[] }>({
  words: [[], { option: true }],
  lab: async ({ words }, use) => {
    const lab = await launchLab({ words })
    await use(lab)
    await lab.close()
    await fs.rm(lab.userData, { recursive: true, force: true })
  },
})

export { expect } from '@playwright/test'

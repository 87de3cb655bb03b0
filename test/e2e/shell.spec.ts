import { execFileSync } from 'node:child_process'
import fs from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { Bridge } from '../../electron/contract/desktop'
import { emptyMenuState } from '../../electron/contract/menu'
import { expect, launchLab, test } from './lab'

type WithBridge = typeof globalThis & { nabla: Bridge }

/** A server that counts who reaches it: nobody may. */
async function bait() {
  const visits: string[] = []
  const server = http.createServer((request, response) => {
    visits.push(request.url ?? '')
    response.setHeader('access-control-allow-origin', '*').end('caught')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return { address, visits, close: () => server.close() }
}

test('the window opens with its title, its page and no error', async ({ lab }) => {
  await expect(lab.page).toHaveTitle('Nabla Lab')
  await expect(lab.page.locator('#app')).not.toBeEmpty()
  const window = await lab.app.evaluate(({ BrowserWindow }) => {
    const [only, ...others] = BrowserWindow.getAllWindows()
    return {
      visible: only?.isVisible(),
      title: only?.getTitle(),
      smallest: only?.getMinimumSize(),
      others: others.length,
    }
  })
  expect(window).toEqual({ visible: true, title: 'Nabla Lab', smallest: [960, 640], others: 0 })
  expect(lab.errors).toEqual([])
})

test('the page has no Node, a sandbox and a strict policy', async ({ lab }) => {
  const seen = await lab.page.evaluate(() => {
    const names = ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer']
    return names.filter((name) => name in globalThis)
  })
  expect(seen).toEqual([])
  const preferences = await lab.app.evaluate(({ webContents }) => {
    const [contents] = webContents.getAllWebContents() as unknown as { getLastWebPreferences(): object }[]
    return contents?.getLastWebPreferences()
  })
  expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false })
  const policy = await lab.app.evaluate(async ({ session }) => {
    const response = await session.defaultSession.fetch('app://lab/index.html')
    return response.headers.get('content-security-policy') ?? ''
  })
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("connect-src 'none'")
  expect(policy).not.toContain('unsafe-eval')
  expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/)
})

test('the policy is in force: no eval, no inline script', async ({ lab }) => {
  const outcome = await lab.page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.wasInlined = true'
    document.head.append(script)
    return 'wasInlined' in window
  })
  expect(outcome).toBe(false)
  // Playwright's own evaluate goes around the policy, so eval is tried from an event of the page.
  const evaluated = await lab.page.evaluate(
    () =>
      new Promise((resolve) => {
        setTimeout(() => {
          try {
            // eslint-disable-next-line @typescript-eslint/no-implied-eval -- this is what must fail
            const evaluate = new Function('return 1') as () => unknown
            resolve(evaluate())
          } catch (error) {
            resolve((error as Error).name)
          }
        })
      }),
  )
  expect(evaluated).toBe('EvalError')
})

test('no request leaves the app: not from the page, not around its policy', async ({ lab }) => {
  const server = await bait()
  const { address } = server
  const refused = await lab.page.evaluate(async (url) => {
    const fetched = await fetch(url).then(
      () => 'reached',
      () => 'refused',
    )
    const image = await new Promise((resolve) => {
      const picture = Object.assign(new Image(), {
        onload: () => resolve('reached'),
        onerror: () => resolve('refused'),
      })
      picture.src = url
    })
    return [fetched, image]
  }, address)
  expect(refused).toEqual(['refused', 'refused'])

  // A page without any policy, as a defect might open one: the second wall stops it, and counts.
  const outcome = await lab.app.evaluate(async ({ BrowserWindow }, url) => {
    const other = new BrowserWindow({ show: false })
    const result = await other.loadURL(url).then(
      () => 'reached',
      (error: Error) => error.message,
    )
    other.destroy()
    return result
  }, address)
  expect(outcome).toContain('ERR_BLOCKED_BY_CLIENT')
  expect(await lab.blocked()).toContain(address)
  expect(server.visits).toEqual([])
  server.close()
})

test('it opens no window, leaves its page for no other, and gives no permission', async ({ lab }) => {
  const { page } = lab
  const before = page.url()
  expect(await page.evaluate(() => window.open('app://lab/index.html'))).toBeNull()
  await page.evaluate(() => void (location.href = 'file:///etc/passwd'))
  await page.evaluate(() => void (location.href = 'data:text/html,elsewhere'))
  const notification = await page.evaluate(() => Notification.requestPermission())
  expect(notification).toBe('denied')
  const position = await page.evaluate(
    () =>
      new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          (error) => resolve(error.code === error.PERMISSION_DENIED ? 'denied' : error.message),
        ),
      ),
  )
  expect(position).toBe('denied')
  expect(page.url()).toBe(before)
  expect(lab.app.windows()).toHaveLength(1)
})

test('requests are checked: their arguments, and that their paths were chosen by the user', async ({
  lab,
}) => {
  const codes = await lab.page.evaluate(async () => {
    const { nabla } = globalThis as WithBridge
    const bytes = new Uint8Array([1])
    const answers = [
      await nabla.readExperiment('/etc/hostname'),
      await nabla.writeFile('/tmp/nabla-never-chosen', bytes),
      await nabla.setSettings({ zoom: 40 }),
      await nabla.saveExperiment('nonsense' as never),
    ]
    return answers.map((answer) => (answer.ok ? 'ok' : answer.problem.code))
  })
  expect(codes).toEqual(['path-not-chosen', 'path-not-chosen', 'malformed-request', 'malformed-request'])
})

test('an experiment is saved and read again through the dialogs; a chart only where the user said', async ({
  lab,
}) => {
  const file = path.join(lab.userData, 'mine.nabla.json')
  await lab.answerSaveDialog(file)
  const saved = await lab.page.evaluate(() =>
    (globalThis as WithBridge).nabla.saveExperiment({ text: '{"nabla":1}', path: null }),
  )
  expect(saved).toEqual({ ok: true, value: file })
  expect(await fs.readFile(file, 'utf8')).toBe('{"nabla":1}')
  const read = await lab.page.evaluate((path) => (globalThis as WithBridge).nabla.readExperiment(path), file)
  expect(read).toEqual({ ok: true, value: { text: '{"nabla":1}', path: file } })

  const chart = path.join(lab.userData, 'chart.png')
  await lab.answerSaveDialog(chart)
  const written = await lab.page.evaluate(async () => {
    const { nabla } = globalThis as WithBridge
    const chosen = await nabla.saveFileDialog('chart.png', [{ name: 'PNG', extensions: ['png'] }])
    return nabla.writeFile(chosen.ok ? (chosen.value ?? '') : '', new Uint8Array([137, 80, 78, 71]))
  })
  expect(written.ok).toBe(true)
  expect([...(await fs.readFile(chart))]).toEqual([137, 80, 78, 71])

  await lab.answerSaveDialog(null)
  const cancelled = await lab.page.evaluate(() =>
    (globalThis as WithBridge).nabla.saveExperiment({ text: '', path: null }),
  )
  expect(cancelled).toEqual({ ok: true, value: null })
})

test('a dropped file has its path, and may then be read', async ({ lab }) => {
  const file = path.join(lab.userData, 'dropped.nabla.json')
  await fs.writeFile(file, '{}')
  await lab.page.evaluate(() => {
    const target = document.createElement('div')
    target.id = 'drop-here'
    target.style.cssText = 'position: fixed; inset: 0; z-index: 99999'
    target.addEventListener('dragover', (event) => event.preventDefault())
    target.addEventListener('drop', (event) => {
      event.preventDefault()
      event.stopPropagation()
      const [dropped] = event.dataTransfer?.files ?? []
      target.title = dropped ? (globalThis as WithBridge).nabla.pathForFile(dropped) : 'nothing'
    })
    document.body.append(target)
  })
  await lab.dropFile('#drop-here', file)
  await expect(lab.page.locator('#drop-here')).toHaveAttribute('title', file)
  const read = await lab.page.evaluate((path) => (globalThis as WithBridge).nabla.readExperiment(path), file)
  expect(read.ok).toBe(true)
  const made = await lab.page.evaluate(() =>
    (globalThis as WithBridge).nabla.pathForFile(new File(['a'], 'a.csv')),
  )
  expect(made).toBe('')
})

test('settings and the window’s place survive a restart, and a damaged file does not matter', async () => {
  const userData = await fs.mkdtemp(path.join(os.tmpdir(), 'nabla-e2e-'))
  const first = await launchLab({ userData })
  await first.menu('theme-dark')
  await first.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 60, width: 1000, height: 700 }),
  )
  // The window manager moves it when it comes to it.
  const width = () =>
    first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds().width)
  await expect.poll(width).toBe(1000)
  await first.close()

  const second = await launchLab({ userData })
  const settings = await second.page.evaluate(() => (globalThis as WithBridge).nabla.getSettings())
  expect(settings).toEqual({ ok: true, value: { theme: 'dark', zoom: 1, sameBits: false } })
  expect(await second.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true)
  const bounds = await second.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
  )
  expect(bounds).toMatchObject({ width: 1000, height: 700 })
  await second.close()

  const file = path.join(userData, 'preferences.json')
  await fs.writeFile(file, '{ broken')
  const third = await launchLab({ userData })
  const defaults = await third.page.evaluate(() => (globalThis as WithBridge).nabla.getSettings())
  expect(defaults).toEqual({ ok: true, value: { theme: 'system', zoom: 1, sameBits: false } })
  expect(await fs.readFile(`${file}.broken`, 'utf8')).toBe('{ broken')
  await third.close()
  await fs.rm(userData, { recursive: true, force: true })
})

test('it follows light and dark, and a picture tells theme and size', async ({ lab }) => {
  for (const theme of ['light', 'dark'] as const) {
    await lab.theme(theme)
    await lab.size(1280, 800)
    const file = await lab.screenshot('shell')
    expect(path.basename(file)).toBe(`shell-${theme}-1280x800.png`)
    expect((await fs.stat(file)).size).toBeGreaterThan(1000)
  }
})

test('the heartbeat beats while the page is free, and hears a page that hangs', async ({ lab }) => {
  const heartbeat = await lab.heartbeat()
  await lab.page.waitForTimeout(1000)
  const calm = await heartbeat.read()
  expect(calm.beats).toBeGreaterThan(5)
  await lab.page.evaluate(() => {
    const until = performance.now() + 500
    while (performance.now() < until);
  })
  await lab.page.waitForTimeout(300)
  expect((await heartbeat.stop()).largestDelay).toBeGreaterThan(300)
})

test('the menu follows the window, and its items reach it', async ({ lab }) => {
  const heard = () => lab.page.evaluate(() => (globalThis as { heard?: string[] }).heard)
  await lab.page.evaluate(() => {
    const list: string[] = []
    Object.assign(globalThis, { heard: list })
    ;(globalThis as WithBridge).nabla.onMenu((command) => list.push(command))
  })
  const tell = (state: object) =>
    lab.page.evaluate((given) => (globalThis as WithBridge).nabla.setMenuState(given as never), state)
  await tell(emptyMenuState)
  expect(await lab.menuEnabled('save')).toBe(false)
  expect(await lab.menuEnabled('run')).toBe(false)
  const exports = [{ id: 'weights', label: 'Weights…' }]
  await tell({ ...emptyMenuState, experiment: true, canUndo: true, run: 'paused', exports })
  expect(await lab.menuEnabled('save')).toBe(true)
  expect(await lab.menuEnabled('redo')).toBe(false)
  await lab.menu('step-batch')
  await lab.menu('export:weights')
  await expect.poll(heard).toEqual(['step-batch', 'export:weights'])

  // Undo belongs to a text field while one has the focus.
  await lab.page.evaluate(() => {
    const field = document.createElement('input')
    field.id = 'typing'
    field.style.cssText = 'position: fixed; top: 0; left: 0; z-index: 99999'
    document.body.append(field)
    field.focus()
  })
  await lab.page.keyboard.type('abc')
  await lab.menu('undo')
  await expect(lab.page.locator('#typing')).toHaveValue('')
  await lab.page.evaluate(() => document.querySelector<HTMLElement>('#typing')?.remove())
  await lab.menu('undo')
  await expect.poll(heard).toEqual(['step-batch', 'export:weights', 'undo'])
})

test.describe('started with a file', () => {
  const file = path.join(os.tmpdir(), `nabla-e2e-${process.pid}.csv`)
  test.use({ words: [file] })
  test.beforeAll(() => fs.writeFile(file, 'a,b\n1,2\n'))
  test.afterAll(() => fs.rm(file))

  test('a file on the command line is granted and announced to the page', async ({ lab }) => {
    const listed = await lab.page.evaluate((path) => (globalThis as WithBridge).nabla.addRecent(path), file)
    expect(listed).toEqual({ ok: true, value: undefined })
    const recent = await lab.page.evaluate(() => (globalThis as WithBridge).nabla.getRecent())
    expect(recent).toEqual({ ok: true, value: [file] })
  })
})

test('unsaved changes are asked for before the window closes', async ({ lab }) => {
  const isOpen = () => lab.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
  await lab.page.evaluate(() => (globalThis as WithBridge).nabla.setDirty(true, 'iris'))
  const title = await lab.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())
  expect(title).toBe('● iris — Nabla Lab')

  await lab.answerQuestion('Cancel')
  await lab.page.evaluate(() => (globalThis as WithBridge).nabla.closeWindow())
  expect(await lab.page.evaluate(() => (globalThis as WithBridge).nabla.mayDiscard())).toEqual({
    ok: true,
    value: false,
  })
  expect(await isOpen()).toBe(1)

  await lab.page.evaluate(() => (globalThis as WithBridge).nabla.onSaveRequest(() => Promise.resolve(true)))
  await lab.answerQuestion('Save')
  expect(await lab.page.evaluate(() => (globalThis as WithBridge).nabla.mayDiscard())).toEqual({
    ok: true,
    value: true,
  })

  await lab.answerQuestion("Don't Save")
  const closed = lab.page.waitForEvent('close')
  // Asked for from the main process: a page that is closing may no longer answer.
  await lab.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await closed
})

test('an engine that is killed is started again, and the page is told', async ({ lab }) => {
  await lab.page.evaluate(() => {
    const told: unknown[] = []
    Object.assign(globalThis, { told })
    ;(globalThis as WithBridge).nabla.onEngineRestarted((problem) => told.push(problem.code))
  })
  const pid = await lab.enginePid()
  expect(pid).toBeGreaterThan(0)
  process.kill(pid ?? 0, 'SIGKILL')
  await expect
    .poll(() => lab.page.evaluate(() => (globalThis as { told?: string[] }).told))
    .toEqual(['engine-restarted'])
  await expect.poll(() => lab.enginePid()).not.toBe(undefined)
  const next = await lab.enginePid()
  expect(next).not.toBe(pid)
  expect(
    execFileSync('ps', ['-o', 'pid=', '-p', String(next)])
      .toString()
      .trim(),
  ).toBe(String(next))
  expect(await fs.readFile(path.join(lab.userData, 'logs/engine.log'), 'utf8')).toContain(
    `engine ${next} started`,
  )
})

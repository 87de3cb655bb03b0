import fs from 'node:fs/promises'
import path from 'node:path'
import { launchLab, expect, test, type Lab } from './lab'
import { goTo, newFolder, openTable, untilReady } from './steps'

const animals = path.resolve(import.meta.dirname, '../fixtures/handmade/animals.csv')

/** A table in a folder of its own, where an experiment can be saved beside it. */
async function copyOfAnimals(): Promise<{ folder: string; csv: string; file: string }> {
  const folder = await newFolder()
  const csv = path.join(folder, 'animals.csv')
  await fs.copyFile(animals, csv)
  return { folder, csv, file: path.join(folder, 'mine.nabla.json') }
}

const read = async (file: string) =>
  JSON.parse(await fs.readFile(file, 'utf8')) as { name: string; network: { type: string }[] }

async function rename({ page }: Lab, name: string): Promise<void> {
  await page.getByTestId('experiment-name').fill(name)
  await expect(page.getByTestId('unsaved')).toBeVisible()
}

/** Waits until the main process knows too, which asks the question. */
const untilMainKnows = ({ app }: Lab, name: string): Promise<void> =>
  expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle()))
    .toBe(`● ${name} — Nabla Lab`)

test('an experiment is saved, changed, asked about, and opens again as it was', async ({ lab }) => {
  test.setTimeout(90_000)
  const { page } = lab
  const { folder, csv, file } = await copyOfAnimals()
  await openTable(lab, csv)
  await untilReady(page)
  await lab.answerSaveDialog(file)
  await page.keyboard.press('Control+S')
  await expect(page.getByTestId('toast').last()).toContainText('mine.nabla.json')
  await expect(page.getByTestId('unsaved')).toBeHidden()

  await rename(lab, 'first')
  await goTo(page, 'design')
  await page.getByTestId('palette-tanh').click()
  // Now there is a file, so it must not ask for a place again.
  await lab.answerSaveDialog(null)
  await page.keyboard.press('Control+S')
  await expect(page.getByTestId('unsaved')).toBeHidden()
  const saved = await read(file)
  expect(saved.name).toBe('first')
  expect(saved.network.map(({ type }) => type)).toContain('tanh')

  await page.keyboard.press('Control+Z')
  await expect(page.getByTestId('unsaved')).toBeVisible()
  await page.keyboard.press('Control+Y')
  await expect(page.getByTestId('unsaved')).toBeHidden()

  await rename(lab, 'second')
  await untilMainKnows(lab, 'second')
  await lab.answerQuestion('Cancel')
  await page.getByTestId('close-experiment').click()
  await lab.openPath(csv)
  await expect(page.getByTestId('experiment-name')).toHaveValue('second')
  await expect(page.getByTestId('unsaved')).toBeVisible()
  await lab.answerQuestion("Don't Save")
  await page.getByTestId('close-experiment').click()
  await expect(page.getByTestId('panel-welcome')).toBeVisible()
  expect((await read(file)).name).toBe('first')

  await page.getByRole('button', { name: /mine\.nabla\.json/ }).click()
  await untilReady(page)
  await expect(page.getByTestId('experiment-name')).toHaveValue('first')
  const copy = path.join(folder, 'copy.nabla.json')
  await lab.answerSaveDialog(copy)
  await page.keyboard.press('Control+Shift+S')
  await expect(page.getByTestId('toast').last()).toContainText('copy.nabla.json')
  expect(await fs.readFile(copy, 'utf8')).toBe(await fs.readFile(file, 'utf8'))

  await rename(lab, 'third')
  await untilMainKnows(lab, 'third')
  await lab.answerQuestion('Save')
  await lab.openPath(file)
  await expect(page.getByTestId('experiment-name')).toHaveValue('first')
  expect((await read(copy)).name).toBe('third')
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

test('closing the window asks about unsaved changes, and saves them', async ({ lab }) => {
  const { page } = lab
  const { folder, csv, file } = await copyOfAnimals()
  await openTable(lab, csv)
  await untilReady(page)
  await rename(lab, 'kept')
  await untilMainKnows(lab, 'kept')
  const close = () => lab.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await lab.answerQuestion('Cancel')
  await close()
  await expect(page.getByTestId('experiment-name')).toHaveValue('kept')
  // Save, but then no place is chosen: nothing may be lost, so the window stays.
  await lab.answerQuestion('Save')
  await lab.answerSaveDialog(null)
  await close()
  await expect(page.getByTestId('unsaved')).toBeVisible()
  await lab.answerSaveDialog(file)
  const closed = page.waitForEvent('close')
  await close()
  await closed
  expect((await read(file)).name).toBe('kept')
  await fs.rm(folder, { recursive: true })
})

test('a typing mistake in a file is shown with its mending, and what is open stays', async ({ lab }) => {
  const { page } = lab
  const { folder, csv, file } = await copyOfAnimals()
  await openTable(lab, csv)
  await untilReady(page)
  await rename(lab, 'open still')
  const write = (change: object) =>
    fs.writeFile(
      file,
      JSON.stringify({ nabla: 1, data: { source: 'animals.csv' }, network: [{ type: 'output' }], ...change }),
    )
  const dialog = page.getByTestId('problem-dialog')
  const cases = [
    [{ network: [{ type: 'dens', units: 4 }, { type: 'output' }] }, 'unknown-kind', 'Did you mean "dense"?'],
    [{ network: [{ type: 'dense', unit: 4 }, { type: 'output' }] }, 'bad-setting', '"units"'],
    [{ optimiser: { type: 'adam' } }, 'unknown-field', 'Did you mean "optimizer"?'],
    [{ loss: { type: 'softmax-crossentropy' } }, 'unknown-kind', 'softmax-cross-entropy'],
  ] as const
  for (const [change, code, words] of cases) {
    await write(change)
    await lab.openPath(file)
    await expect(dialog.getByTestId(`help-${code}`)).toContainText(words)
    await expect(dialog).toContainText('mine.nabla.json')
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(page.getByTestId('experiment-name')).toHaveValue('open still')
    await expect(page.getByTestId('unsaved')).toBeVisible()
  }
  await fs.writeFile(file, '{ "nabla": 1, ')
  await lab.openPath(file)
  await expect(dialog.getByTestId('help-bad-json')).toBeVisible()
  await page.keyboard.press('Escape')
  await write({ name: 'mended' })
  await lab.openPath(file)
  await expect(page.getByTestId('experiment-name')).toHaveValue('mended')
  await untilReady(page)
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

test('an experiment whose table is gone opens, says so, and is read once the table is back', async ({
  lab,
}) => {
  const { page } = lab
  const { folder, csv, file } = await copyOfAnimals()
  await fs.rename(csv, `${csv}.away`)
  const experiment = {
    nabla: 1,
    name: 'alone',
    data: { source: 'animals.csv' },
    network: [{ type: 'output' }],
  }
  await fs.writeFile(file, JSON.stringify(experiment))
  await lab.openPath(file)
  await expect(page.getByTestId('help-file-missing')).toContainText('animals.csv')
  await goTo(page, 'train')
  await expect(page.getByTestId('start-run')).toBeDisabled()
  await fs.rename(`${csv}.away`, csv)
  await page.getByTestId('go-data').click()
  await page.getByRole('button', { name: 'Read again' }).click()
  await untilReady(page)
  await expect(page.getByTestId('help-file-missing')).toBeHidden()
  await fs.rm(folder, { recursive: true })
})

test('a file named on the command line is open from the start, and is found again under recent files', async () => {
  const { folder, csv, file } = await copyOfAnimals()
  const experiment = {
    nabla: 1,
    name: 'named',
    data: { source: 'animals.csv' },
    network: [{ type: 'output' }],
  }
  await fs.writeFile(file, JSON.stringify(experiment))
  const userData = await newFolder()
  const first = await launchLab({ words: [file], userData })
  await untilReady(first.page)
  await expect(first.page.getByTestId('experiment-name')).toHaveValue('named')
  await first.close()

  const second = await launchLab({ words: [csv], userData })
  await untilReady(second.page)
  await expect(second.page.getByTestId('experiment-name')).toHaveValue('animals')
  const recent = await second.app.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()
      ?.getMenuItemById('recent')
      ?.submenu?.items.map(({ label }) => label),
  )
  expect(recent?.slice(0, 2)).toEqual([csv, file])
  await second.page.getByTestId('close-experiment').click()
  await second.page.getByRole('button', { name: /mine\.nabla\.json/ }).click()
  await expect(second.page.getByTestId('experiment-name')).toHaveValue('named')
  await second.close()
  for (const made of [folder, userData]) await fs.rm(made, { recursive: true })
})

import fs from 'node:fs/promises'
import path from 'node:path'
import { unzipSync } from 'fflate'
import { expect, test, type Lab } from './lab'
import { goTo, newFolder, openSample, picture, setEpochs, untilEnded } from './steps'

/** Saves through a button and its dialog, and reads the file back. */
async function saved(lab: Lab, button: string, file: string): Promise<Buffer> {
  await lab.answerSaveDialog(file)
  await lab.page.getByTestId(button).click()
  await expect(lab.page.getByTestId('saved-files')).toContainText(path.basename(file))
  return fs.readFile(file)
}

/** How many numbers a NumPy array has, by the header of its format 1.0. */
function npySize(bytes: Uint8Array): number {
  const text = Buffer.from(bytes)
  expect(text.subarray(1, 6).toString()).toBe('NUMPY')
  const header = text.subarray(10, 10 + text.readUInt16LE(8)).toString()
  const shape = /'shape': \(([^)]*)\)/.exec(header)?.[1] ?? ''
  const size = shape
    .split(',')
    .filter((part) => part.trim())
    .reduce((product, part) => product * Number(part), 1)
  expect(text.length).toBe(10 + text.readUInt16LE(8) + size * 4)
  return size
}

test('weights and charts in every format are written and can be read back', async ({ lab }) => {
  test.setTimeout(120_000)
  const { page } = lab
  const folder = await newFolder()
  await openSample(page, 'iris')
  await setEpochs(page, 30)
  await page.getByTestId('start-run').click()
  await untilEnded(page)
  // Its curves belong to what can be exported only when it was evaluated; the panel sees to that itself.
  await goTo(page, 'export')
  await expect(page.getByTestId('export-weights-safetensors')).toBeEnabled()
  const words = await page.getByTestId('status-bar').innerText()
  const parameters = Number(/([\d,]+)\s+parameters/.exec(words)?.[1]?.replaceAll(',', ''))
  const at = (name: string) => path.join(folder, name)

  const tensors = await saved(lab, 'export-weights-safetensors', at('w.safetensors'))
  const headed = Number(tensors.readBigUInt64LE(0))
  expect(tensors.length).toBe(8 + headed + 4 * parameters)
  const arrays = unzipSync(await saved(lab, 'export-weights-npz', at('w.npz')))
  const inArrays = Object.entries(arrays).filter(([name]) => name.endsWith('.npy'))
  expect(inArrays.reduce((sum, [, bytes]) => sum + npySize(bytes), 0)).toBe(parameters)
  const json: unknown = JSON.parse((await saved(lab, 'export-weights-json', at('w.json'))).toString())
  expect(JSON.stringify(json)).toContain('"1.dense.weights"')
  const csv = (await saved(lab, 'export-weights-csv', at('w.csv'))).toString().trim().split(/\r?\n/)
  expect(csv.filter((line) => !line.startsWith('#')).length - 1).toBe(parameters)

  await expect(page.getByTestId('export-chart-confusion-matrix-test-png')).toBeVisible()
  const buttons = await page
    .locator('[data-testid^=export-chart-]')
    .evaluateAll((all) => all.map((button) => button.getAttribute('data-testid')!))
  expect(buttons.length).toBeGreaterThanOrEqual(9)
  for (const button of buttons) {
    const format = button.split('-').at(-1)!
    const bytes = await saved(lab, button, at(`${button}.${format}`))
    if (format === 'png') {
      expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
      expect(bytes.readUInt32BE(16)).toBeGreaterThan(600)
    } else if (format === 'svg') {
      expect(bytes.toString()).toMatch(/^<svg[^>]+xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
      expect(bytes.toString().trimEnd()).toMatch(/<\/svg>$/)
    } else {
      const [head, ...lines] = bytes.toString().trim().split(/\r?\n/)
      expect(lines.length).toBeGreaterThan(0)
      const width = head!.split(',').length
      for (const line of lines) expect(line.split(',').length).toBe(width)
    }
  }
  await lab.answerSaveDialog(at('from-menu.svg'))
  await lab.menu('export:loss-svg')
  await expect(page.getByTestId('toast').last()).toContainText('from-menu.svg')
  await picture(lab, 'export-all')
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

test('a place that cannot be written is told, and the next one works', async ({ lab }) => {
  const { page } = lab
  const folder = await newFolder()
  const inTheWay = path.join(folder, 'file')
  await fs.writeFile(inTheWay, 'not a folder')
  await openSample(page, 'iris')
  await setEpochs(page, 10)
  await page.getByTestId('start-run').click()
  await untilEnded(page)
  await goTo(page, 'export')
  const dialog = page.getByTestId('problem-dialog')
  const buttons = [
    'weights-safetensors',
    'weights-npz',
    'chart-loss-curves-png',
    'chart-loss-curves-csv',
    'experiment',
  ]
  for (const [index, name] of buttons.entries()) {
    await lab.answerSaveDialog(path.join(inTheWay, 'deeper', `${name}.json`))
    await page.getByTestId(`export-${name}`).click()
    await expect(dialog).toContainText('a file where a folder should be')
    await expect(dialog).toContainText(inTheWay)
    if (index === 0) await picture(lab, 'help-not-a-folder')
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  }
  await lab.answerSaveDialog(folder)
  await page.getByTestId('export-weights-safetensors').click()
  await expect(page.getByTestId('saved-files').or(dialog)).toContainText(path.basename(folder))
  if (await dialog.isVisible()) await page.keyboard.press('Escape')

  const bytes = await saved(lab, 'export-weights-safetensors', path.join(folder, 'new/place/w.safetensors'))
  expect(bytes.length).toBeGreaterThan(100)
  // Nothing half done is left behind.
  const left = await fs.readdir(path.join(folder, 'new/place'))
  expect(left).toEqual(['w.safetensors'])
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

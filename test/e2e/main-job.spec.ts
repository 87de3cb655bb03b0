import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test, type Lab } from './lab'
import { wantSameBits } from './steps'

const root = path.resolve(import.meta.dirname, '../..')
const table = path.join(root, 'test/fixtures/handmade/animals.csv')

/** How much later than its 100 ms a beat of the window may come. */
const LATEST = 100

const goTo = (page: Page, panel: string): Promise<void> => page.getByTestId(`nav-${panel}`).click()

/** Light and dark, at the smallest usual size and at a large one. */
async function picture(lab: Lab, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await lab.theme(theme)
    for (const [width, height] of [
      [1920, 1080],
      [1280, 800],
    ] as const) {
      await lab.size(width, height)
      await lab.screenshot(name)
    }
  }
}

async function emptyTheStack(page: Page): Promise<void> {
  const items = page.locator('[data-testid^=stack-item-]')
  await expect(items.first()).toBeVisible()
  for (let left = await items.count(); left > 1; left--) {
    await items.first().focus()
    await page.keyboard.press('Delete')
    await expect(items).toHaveCount(left - 1)
  }
}

/** Drags a layer of the palette in front of the output layer, as with a mouse. */
async function dragIn(page: Page, type: string): Promise<void> {
  const items = page.locator('[data-testid^=stack-item-]')
  const before = await items.count()
  await page.getByTestId(`palette-${type}`).dragTo(items.last(), { targetPosition: { x: 40, y: 4 } })
  await expect(items).toHaveCount(before + 1)
}

const types = (page: Page): Promise<string[]> =>
  page
    .locator('[data-testid^=stack-item-]')
    .evaluateAll((items) => items.map((item) => item.textContent ?? ''))

/** Everything of the Train panel that a person would change for a longer run. */
async function setTraining(page: Page, epochs: number): Promise<void> {
  const panel = page.getByTestId('panel-train')
  await panel.getByLabel('Epochs', { exact: true }).fill(String(epochs))
  await page.keyboard.press('Tab')
  const early = panel.getByRole('switch', { name: 'Stop early' })
  if ((await early.getAttribute('aria-checked')) === 'true') await early.click()
}

const epochOf = async (page: Page): Promise<number> =>
  Number(
    /(\d[\d,]*) \/ [\d,]+/
      .exec(await page.getByTestId('panel-train').innerText())?.[1]
      ?.replaceAll(',', '') ?? 0,
  )

/** The pixels of the loss chart as they stand. */
const drawnCurve = (page: Page): Promise<string> =>
  page
    .locator('[data-testid=loss-chart] canvas')
    .first()
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())

interface Tensor {
  readonly dtype: string
  readonly shape: number[]
  readonly data_offsets: [number, number]
}

/** Names, shapes and numbers of a safetensors file, read by its specification alone. */
async function readSafetensors(
  file: string,
): Promise<Map<string, { shape: number[]; values: Float32Array }>> {
  const bytes = await fs.readFile(file)
  const length = Number(bytes.readBigUInt64LE(0))
  const header = JSON.parse(bytes.subarray(8, 8 + length).toString('utf8')) as Record<string, Tensor>
  const tensors = Object.entries(header).filter(([name]) => name !== '__metadata__')
  return new Map(
    tensors.map(
      ([
        name,
        {
          dtype,
          shape,
          data_offsets: [from, to],
        },
      ]) => {
        expect(dtype).toBe('F32')
        const data = Uint8Array.from(bytes.subarray(8 + length + from, 8 + length + to))
        return [name, { shape, values: new Float32Array(data.buffer) }]
      },
    ),
  )
}

/** Width, height and how many different colours a picture has, as Electron's own decoder sees it. */
const lookAt = (lab: Lab, file: string): Promise<{ width: number; height: number; colours: number }> =>
  lab.app.evaluate(({ nativeImage }, picture) => {
    const image = nativeImage.createFromPath(picture)
    const pixels = image.toBitmap()
    const colours = new Set<number>()
    for (let i = 0; i < pixels.length; i += 4) colours.add(pixels.readUInt32LE(i))
    return { ...image.getSize(), colours: colours.size }
  }, file)

/** Trains the experiment file on the command line and gives its fingerprint. */
function trainOnCommandLine(experiment: string, out: string): string {
  const nabla = path.join(root, 'out/main/nabla.cjs')
  execFileSync(process.execPath, [nabla, 'train', experiment, '--out', out, '--json'], { stdio: 'ignore' })
  const run = JSON.parse(readFileSync(path.join(out, 'run.json'), 'utf8')) as { fingerprint: string }
  return run.fingerprint
}

async function save(lab: Lab, button: string, file: string): Promise<string> {
  await lab.answerSaveDialog(file)
  await lab.page.getByTestId(button).click()
  await expect
    .poll(() =>
      fs.stat(file).then(
        (stat) => stat.size > 0,
        () => false,
      ),
    )
    .toBe(true)
  return file
}

test('a CSV file in, a trained network and its charts out', async ({ lab }) => {
  test.setTimeout(240_000)
  const { page } = lab
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'nabla-job-'))
  const csv = path.join(folder, 'animals.csv')
  await fs.copyFile(table, csv)
  await picture(lab, 'welcome')

  await lab.dropFile('[data-testid=drop-zone]', csv)
  await expect(page.getByTestId('column-row-kind')).toContainText('Target')
  await picture(lab, 'data')

  await goTo(page, 'design')
  await emptyTheStack(page)
  for (const type of ['dense', 'tanh', 'dropout']) await dragIn(page, type)
  const stack = await types(page)
  expect(stack.map((text) => /Dense|Tanh|Dropout|Output/i.exec(text)?.[0])).toEqual([
    'Dense',
    'Tanh',
    'Dropout',
    'Output',
  ])
  await picture(lab, 'design')

  // What is compared with the command line's weights, in the end.
  await wantSameBits(page)
  await setTraining(page, 6000)
  await picture(lab, 'train-ready')
  const heartbeat = await lab.heartbeat()
  await lab.menu('run')
  await expect(page.getByTestId('run-status')).toHaveText('running')
  await expect.poll(() => epochOf(page)).toBeGreaterThan(5)
  const [curve, epoch] = [await drawnCurve(page), await epochOf(page)]
  await expect.poll(() => epochOf(page)).toBeGreaterThan(epoch)
  await expect.poll(() => drawnCurve(page)).not.toBe(curve)
  // Waited for in the page: assertions look at the whole page again and again, which the heartbeat would feel.
  await page.waitForSelector('[data-testid=run-ending]', { timeout: 90_000 })
  const { largestDelay, waited, beats } = await heartbeat.stop()
  test.info().annotations.push({
    type: 'heartbeat',
    description: `${largestDelay.toFixed(0)} ms late at most in ${beats} beats; the page waited ${waited.toFixed(0)} ms for a processor`,
  })
  await picture(lab, 'train-finished')

  await goTo(page, 'evaluate')
  await expect(page.getByTestId('confusion-matrix')).toBeVisible()
  await picture(lab, 'evaluate')

  await goTo(page, 'export')
  await picture(lab, 'export')
  const weights = await readSafetensors(
    await save(lab, 'export-weights-safetensors', path.join(folder, 'animals.safetensors')),
  )
  expect([...weights].map(([name, { shape }]) => [name, shape])).toEqual([
    ['1.dense.weights', [13, 16]],
    ['1.dense.bias', [16]],
    ['4.output.weights', [16, 3]],
    ['4.output.bias', [3]],
  ])
  const png = await lookAt(
    lab,
    await save(lab, 'export-chart-loss-curves-png', path.join(folder, 'loss.png')),
  )
  expect(png.width).toBeGreaterThan(1000)
  expect(png.colours).toBeGreaterThan(20)

  const experiment = await save(lab, 'export-experiment', path.join(folder, 'animals.nabla.json'))
  const shown = /[0-9a-f]{64}/.exec(await page.getByTestId('panel-export').innerText())?.[0]
  const numbers = Float32Array.from([...weights.values()].flatMap(({ values }) => [...values]))
  expect(createHash('sha256').update(Buffer.from(numbers.buffer)).digest('hex')).toBe(shown)
  expect(trainOnCommandLine(experiment, path.join(folder, 'first'))).toBe(shown)
  expect(trainOnCommandLine(experiment, path.join(folder, 'second'))).toBe(shown)
  expect(lab.errors).toEqual([])
  expect(largestDelay).toBeLessThanOrEqual(LATEST + waited)
  await fs.rm(folder, { recursive: true })
})

import { expect, test, type Lab } from './lab'
import { openSample, setEpochs, untilEnded } from './steps'

/** Light and dark, at the smallest usual size and at a large one. */
async function picture(lab: Lab, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await lab.theme(theme)
    for (const [width, height] of [
      [1920, 1080],
      [1280, 800],
    ] as const) {
      await lab.size(width, height)
      await lab.page.getByTestId('run-layers').scrollIntoViewIfNeeded()
      await lab.screenshot(name)
    }
  }
}

test('the layers of a run are shown, now and over time, and what stands out is said', async ({ lab }) => {
  const { page } = lab
  await openSample(page, 'iris')
  await setEpochs(page, 40)
  await page.getByTestId('train-more').click()
  await page.getByTestId('training-statisticsEvery-on').click()
  await expect(page.getByTestId('training-statisticsEvery')).toHaveValue('1')
  await page.getByTestId('start-run').click()
  await untilEnded(page)
  const layers = page.getByTestId('run-layers')
  await expect(layers).toContainText('after epoch 40')
  const rows = layers.locator('tbody tr')
  const count = await rows.count()
  expect(count).toBeGreaterThanOrEqual(4)
  for (const row of await rows.all()) {
    const name = await row.locator('th').innerText()
    for (const part of ['weights', 'gradient']) {
      const norm = await layers.getByTestId(`${name}-${part}-norm`).innerText()
      expect(Number(norm.replace('−', '-'))).toBeGreaterThan(0)
    }
  }
  await expect(layers.locator('td.picture svg')).toHaveCount(2 * count)
  await picture(lab, 'layers-now')
  await page.getByTestId('layers-over-time').click()
  await expect(layers.locator('canvas')).toHaveCount(2 * count)
  const drawn = await layers
    .locator('canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      return { width: canvas.width, colours: new Set(new Uint32Array(data.buffer)).size }
    })
  // Each epoch's last whole batch, and the end after a smaller one.
  expect(drawn.width).toBe(41)
  expect(drawn.colours).toBeGreaterThan(2)
  await picture(lab, 'layers-over-time')
  expect(lab.errors).toEqual([])
})

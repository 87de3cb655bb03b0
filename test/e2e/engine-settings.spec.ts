import fs from 'node:fs/promises'
import path from 'node:path'
import { expect, test, type Lab } from './lab'
import { choose, goTo, newFolder, openSample, picture, rowOf, setEpochs, untilEnded } from './steps'

interface SavedExperiment {
  readonly regularization?: unknown
  readonly clip?: unknown
  readonly network: readonly unknown[]
  readonly training: Readonly<Record<string, unknown>>
}

/** Saves the experiment and reads the file. */
async function saved(lab: Lab, file: string): Promise<SavedExperiment> {
  await lab.answerSaveDialog(file)
  await lab.page.keyboard.press('Control+S')
  await expect.poll(() => fs.readFile(file, 'utf8').catch(() => '')).not.toBe('')
  return JSON.parse(await fs.readFile(file, 'utf8')) as SavedExperiment
}

test('what goes around the optimizer trains, and what is off is not in the file', async ({ lab }) => {
  const { page } = lab
  const folder = await newFolder()
  await lab.size(1280, 800)
  await openSample(page, 'iris')
  await setEpochs(page, 5)
  await page.getByTestId('train-more').click()
  await page.getByTestId('regularization-l2').fill('0.001')
  await choose(page, 'clip-by', 'norm')
  await page.getByTestId('clip-limit').fill('0.5')
  await page.getByTestId('training-accumulate').fill('2')
  await page.getByTestId('training-averaging').click()
  await choose(page, 'training-classWeights', 'balanced')
  await expect(page.getByTestId('train-more')).toContainText('L2, clipped by norm')
  await page.getByTestId('train-more').scrollIntoViewIfNeeded()
  await picture(lab, 'train-more')
  const on = await saved(lab, path.join(folder, 'on.nabla.json'))
  expect(on.regularization).toMatchObject({ l1: 0, l2: 0.001 })
  expect(on.clip).toEqual({ by: 'norm', limit: 0.5 })
  expect(on.training).toMatchObject({
    accumulate: 2,
    averaging: { decay: 0.999 },
    classWeights: 'balanced',
  })
  await page.getByTestId('start-run').click()
  await untilEnded(page)
  await expect(rowOf(page, 'Run 1')).toContainText('finished')

  await page.getByTestId('clip-limit').fill('0')
  await expect(page.getByTestId('clip-limit')).toHaveAttribute('aria-invalid', 'true')
  await page.getByTestId('regularization-l2').fill('0')
  await choose(page, 'clip-by', 'off')
  await page.getByTestId('training-accumulate').fill('1')
  await page.getByTestId('training-averaging').click()
  await choose(page, 'training-classWeights', 'off')
  await expect(page.getByTestId('train-more')).toContainText('all off')
  await page.keyboard.press('Control+S')
  await expect
    .poll(async () => fs.readFile(path.join(folder, 'on.nabla.json'), 'utf8'))
    .not.toMatch(/regularization|clip|accumulate|averaging|classWeights/)
  expect(lab.errors).toEqual([])
})

test('layers inside blocks are added, set, moved and removed; images get a network that trains', async ({
  lab,
}) => {
  const { page } = lab
  const inside = page.getByTestId(/^stack-item-0\./)
  await lab.size(1280, 800)
  await openSample(page, 'digits')
  await goTo(page, 'design')
  await page.getByTestId('presets').click()
  await page.getByTestId('preset-linear').click()
  await page.getByTestId('palette-search').fill('residual')
  await page.getByTestId('palette-residual').click()
  // Behind the output layer nothing goes, so the block is before it.
  await expect(page.getByTestId('stack-item-0')).toHaveAttribute('data-type', 'residual')
  await expect(inside).toHaveCount(1)

  await page.getByTestId('stack-item-0.layers.0').click()
  await page.getByTestId('layer-units').fill('64')
  await expect(page.getByTestId('stack-shape-0.layers.0')).toHaveText('64')
  await expect(page.getByTestId('stack-parameters-0')).toHaveText((64 * 64 + 64).toLocaleString('en'))
  await page.getByTestId('palette-search').fill('tanh')
  await page.getByTestId('palette-tanh').click()
  await expect(page.getByTestId('stack-item-0.layers.1')).toHaveAttribute('data-type', 'tanh')
  await page.getByTestId('stack-item-0.layers.1').press('Alt+ArrowUp')
  await expect(page.getByTestId('stack-item-0.layers.0')).toHaveAttribute('data-type', 'tanh')
  await page.getByTestId('stack-item-0.layers.0').press('Alt+ArrowUp')
  await expect(page.getByTestId('stack-item-0')).toHaveAttribute('data-type', 'tanh')
  await page.getByTestId('undo').click()
  await expect(inside).toHaveCount(2)

  await page.getByTestId('stack-item-0').click()
  await choose(page, 'add-inside-0', 'max-pool2d')
  await expect(page.getByTestId('stack-item-0.layers.2')).toContainText('Expected')
  await page.getByTestId('stack-item-0.layers.2').click()
  await expect(page.getByTestId('inspector')).toContainText('an image')
  await picture(lab, 'design-block-problem')
  await page.keyboard.press('Delete')
  await expect(inside).toHaveCount(2)

  await page.getByTestId('presets').click()
  await page.getByTestId('preset-small-conv').click()
  await expect(page.getByTestId('stack-shape-1')).toHaveText('8 × 8 × 16')
  await picture(lab, 'design-images')
  await setEpochs(page, 2)
  await page.getByTestId('start-run').click()
  await untilEnded(page)
  await expect(rowOf(page, 'Run 1')).toContainText('finished')
  expect(lab.errors).toEqual([])
})

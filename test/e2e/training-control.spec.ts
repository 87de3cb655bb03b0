import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from './lab'
import { choose, fingerprintOf, goTo, newFolder, openSample, picture } from './steps'
import { readCount, setEpochs, untilEnded } from './steps'

test('what is watched is picked among the metrics that fit, and decides the best epoch', async ({ lab }) => {
  test.setTimeout(120_000)
  const { page } = lab
  await openSample(page, 'breast-cancer')
  await setEpochs(page, 60)
  await page.getByTestId('training-monitor').click()
  await expect(page.getByTestId('training-monitor-loss')).toBeVisible()
  await expect(page.getByTestId('training-monitor-rocAuc')).toBeVisible()
  await expect(page.getByTestId('training-monitor-rmse')).toHaveCount(0)
  await picture(lab, 'train-monitor')
  await page.getByTestId('training-monitor-accuracy').click()
  await choose(page, 'training-sampling', 'balanced')
  await expect(page.getByTestId('training-shuffle')).toHaveCount(0)
  await picture(lab, 'train-balanced')
  await page.getByTestId('start-run').click()
  await untilEnded(page)
  const best = await readCount(page, 'best')
  await page.getByTestId('loss-chart-as-table').click()
  await page.getByTestId('metric-chart-as-table').click()
  const cells = await page.getByTestId('metric-chart').locator('tbody tr').allInnerTexts()
  const accuracies = cells.map((row) => Number(row.split('\t')[3]))
  expect(accuracies.length).toBe(60)
  expect(best).toBe(accuracies.indexOf(Math.max(...accuracies)) + 1)
  expect(lab.errors).toEqual([])
})

test('a metric that no longer fits the target is told at its field, and nothing starts', async ({ lab }) => {
  const { page } = lab
  await openSample(page, 'iris')
  await goTo(page, 'train')
  await choose(page, 'training-monitor', 'f1Macro')
  await goTo(page, 'data')
  await page.getByTestId('role-petal_length_cm').selectOption('target')
  await goTo(page, 'train')
  await expect(page.getByTestId('start-problems')).toContainText('fits the target "petal_length_cm"')
  await expect(page.getByTestId('start-run')).toBeDisabled()
  await choose(page, 'training-monitor', 'r2')
  await expect(page.getByTestId('start-problems')).toBeHidden()
  await expect(page.getByTestId('start-run')).toBeEnabled()
  expect(lab.errors).toEqual([])
})

test('settings changed while it runs are marked, and the saved experiment trains to the same weights', async ({
  lab,
}) => {
  test.setTimeout(180_000)
  const { page } = lab
  await openSample(page, 'breast-cancer')
  await setEpochs(page, 900)
  await page.getByTestId('training-batchSize').fill('2')
  await page.getByTestId('start-run').click()
  await expect.poll(() => readCount(page, 'epoch')).toBeGreaterThan(2)
  await page.getByTestId('pause-run').click()
  await expect(page.getByTestId('run-status')).toHaveText('paused')
  await page.getByTestId('run-changes').click()
  await expect(page.getByTestId('apply-change')).toBeDisabled()
  await page.getByTestId('change-learningRate').fill('0.0005')
  await page.getByTestId('change-batchSize').fill('64')
  await page.getByTestId('apply-change').click()
  await expect(page.getByTestId('change-list')).toContainText('learning rate 0.0005')
  await expect(page.getByTestId('change-list')).toContainText('to come')
  // To the end of this epoch, and of the next: a click while it steps would be none.
  for (let epoch = 0; epoch < 2; epoch++) {
    const before = await readCount(page, 'step')
    await page.getByTestId('step-epoch').click()
    await expect.poll(() => readCount(page, 'step')).toBeGreaterThan(before)
    await expect(page.getByTestId('run-status')).toHaveText('paused')
  }
  await expect(page.getByTestId('change-list')).not.toContainText('to come')
  await picture(lab, 'train-changed')
  await page.getByTestId('resume-run').click()
  await untilEnded(page)
  const fingerprint = await fingerprintOf(page, 'Run 1')
  await page.getByTestId('loss-chart-as-table').click()
  await expect(page.getByTestId('loss-chart').getByText('batch size 64')).toHaveCount(1)

  const folder = await newFolder()
  const file = path.join(folder, 'changed.nabla.json')
  await goTo(page, 'export')
  await lab.answerSaveDialog(file)
  await page.getByTestId('export-run-experiment').click()
  await expect.poll(() => existsSync(file)).toBe(true)
  const nabla = path.resolve(import.meta.dirname, '../../out/main/nabla.cjs')
  execFileSync('node', [nabla, 'train', file, '--out', path.join(folder, 'run'), '--json'])
  const record = JSON.parse(await fs.readFile(path.join(folder, 'run', 'run.json'), 'utf8')) as {
    fingerprint: string
  }
  expect(record.fingerprint).toBe(fingerprint)
  expect(lab.errors).toEqual([])
})

test('an optimizer that takes all rows at once leaves no batches to set, and has a rate of its own', async ({
  lab,
}) => {
  const { page } = lab
  await openSample(page, 'iris')
  await goTo(page, 'train')
  await page.getByTestId('training-batchSize').fill('16')
  await choose(page, 'optimizer', 'l-bfgs')
  await expect(page.getByTestId('optimizer-learningRate')).toHaveValue('1')
  await expect(page.getByTestId('find-rate')).toBeDisabled()
  const batches = page.getByTestId('training-batchSize')
  await expect(batches).toBeDisabled()
  await expect(batches).toHaveAttribute('placeholder', 'All rows at once')
  await expect(page.getByTestId('training-sampling')).toBeDisabled()
  await expect(page.getByTestId('training-shuffle')).toBeDisabled()
  await choose(page, 'optimizer', 'adam')
  await expect(batches).toHaveValue('16')
  await expect(page.getByTestId('training-shuffle')).toHaveAttribute('aria-checked', 'true')
  expect(lab.errors).toEqual([])
})

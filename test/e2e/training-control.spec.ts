import { expect, test } from './lab'
import { choose, goTo, openSample, picture, readCount, setEpochs, untilEnded } from './steps'

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

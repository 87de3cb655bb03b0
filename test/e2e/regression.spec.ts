import { expect, test } from './lab'
import { choose, goTo, openSample, picture, rowOf, setEpochs, untilEnded } from './steps'

test('a number is predicted: points near the line, residuals, R² on held-out rows', async ({ lab }) => {
  const { page } = lab
  await openSample(page, 'diabetes')
  await setEpochs(page, 100)
  await page.getByTestId('start-run').click()
  await untilEnded(page)
  await goTo(page, 'evaluate')
  await expect(page.getByTestId('predicted-versus-actual')).toBeVisible()
  await expect(page.getByTestId('residuals')).toBeVisible()
  await expect(page.getByTestId('confusion-matrix')).toHaveCount(0)
  const fit = Number(await page.getByTestId('metric-test-r2').innerText())
  expect(fit).toBeGreaterThan(0.2)
  expect(fit).toBeLessThan(0.9)
  await picture(lab, 'evaluate-regression')
  const rows = page.getByTestId('predicted-versus-actual').locator('tbody tr')
  await page.getByTestId('predicted-versus-actual-as-table').click()
  const ofTest = await rows.count()
  await page.getByTestId('split-train').check({ force: true })
  await expect.poll(() => rows.count()).toBeGreaterThan(ofTest)
  expect(lab.errors).toEqual([])
})

test('a run that diverges says where, and its cures take one click and one undo', async ({ lab }) => {
  const { page } = lab
  await openSample(page, 'diabetes')
  await goTo(page, 'design')
  await page.getByTestId('presets').click()
  await page.getByTestId('preset-deep-mlp').click()
  await setEpochs(page, 40)
  await choose(page, 'optimizer', 'sgd')
  const rate = page.getByTestId('optimizer-learningRate')
  await rate.fill('100')
  await page.getByTestId('start-run').click()
  const problem = page.getByTestId('run-problem')
  await expect(problem).toContainText('a finite loss')
  await expect(problem).toContainText(/step \d/)
  await expect(rowOf(page, 'Run 1')).toContainText('diverged')
  await picture(lab, 'train-diverged')

  await page.getByTestId('cure-smaller-rate').click()
  await expect(rate).toHaveValue('10')
  await page.getByTestId('undo').click()
  await expect(rate).toHaveValue('100')
  await page.getByTestId('cure-take-adam').click()
  await expect(page.getByTestId('optimizer')).toContainText('Adam')
  await page.getByTestId('train-again').click()
  await expect(rowOf(page, 'Run 2')).toContainText('finished')
  await expect(problem).toBeHidden()
  await goTo(page, 'evaluate')
  await expect(page.getByTestId('residuals')).toBeVisible()
  expect(lab.errors).toEqual([])
})

test('runs that diverged and were removed hold no worker', async ({ lab }) => {
  test.setTimeout(90_000)
  const { page } = lab
  await openSample(page, 'diabetes')
  await setEpochs(page, 40)
  await choose(page, 'optimizer', 'sgd')
  await page.getByTestId('optimizer-learningRate').fill('100')
  const workers = 17
  for (let run = 1; run <= workers + 1; run++) {
    await page.getByTestId('start-run').click()
    await expect(rowOf(page, `Run ${run}`)).toContainText('diverged')
    await page.getByTestId('remove-run').click()
    await expect(page.getByTestId('run-problem')).toBeHidden()
  }
  await expect(page.getByTestId('problem-dialog')).toBeHidden()
  expect(lab.errors).toEqual([])
})

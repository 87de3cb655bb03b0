import { expect, test } from './lab'
import { killWorker } from './kill-worker'
import { fingerprintOf, goTo, openSample, picture, readCount, rowOf } from './steps'
import { runIdOf, setEpochs, showRun, startAnother, untilEnded, wantSameBits } from './steps'

const endless = 200_000

test('two runs at once: both finish, each with its own curves, numbers and fingerprint', async ({ lab }) => {
  test.setTimeout(120_000)
  const { page } = lab
  await openSample(page, 'two-moons')
  await setEpochs(page, 20_000)
  await page.getByTestId('start-run').click()
  await expect(page.getByTestId('run-status')).toHaveText('running')
  await page.getByTestId('training-seed').fill('7')
  await page.getByTestId('training-epochs').fill('21000')
  await startAnother(page)
  await expect(rowOf(page, 'Run 2')).toContainText('running')
  expect(await rowOf(page, 'Run 1').innerText()).toContain('running')
  await picture(lab, 'two-runs')

  for (const title of ['Run 1', 'Run 2'])
    await expect(rowOf(page, title)).toContainText('finished', { timeout: 60_000 })
  const [first, second] = [await fingerprintOf(page, 'Run 1'), await fingerprintOf(page, 'Run 2')]
  expect(first).toMatch(/^[0-9a-f]{64}$/)
  expect(second).toMatch(/^[0-9a-f]{64}$/)
  expect(second).not.toBe(first)

  const last = page.getByTestId('loss-chart').locator('tbody tr').last()
  await page.getByTestId('loss-chart-as-table').click()
  await expect(last.locator('td').first()).toHaveText('21000')
  const ofSecond = await last.innerText()
  await showRun(page, 'Run 1')
  await expect(last.locator('td').first()).toHaveText('20000')
  expect((await last.innerText()).split('\t').slice(1)).not.toEqual(ofSecond.split('\t').slice(1))
  await expect(page.getByTestId('run-epoch')).toHaveText('20,000 / 20,000')
  await goTo(page, 'export')
  await expect(page.getByTestId('panel-export')).toContainText(first)
  expect(lab.errors).toEqual([])
})

test('a worker that dies takes its run along, not the window and not the other run', async ({ lab }) => {
  test.setTimeout(120_000)
  const { page } = lab
  await openSample(page, 'iris')
  await setEpochs(page, endless)
  await page.getByTestId('start-run').click()
  await startAnother(page)
  await expect(rowOf(page, 'Run 2')).toContainText('running')
  await showRun(page, 'Run 1')
  await killWorker(page, await runIdOf(page, 'Run 1'))

  await expect(page.getByTestId('run-problem')).toContainText('worker thread')
  await expect(rowOf(page, 'Run 1')).toContainText('failed')
  await picture(lab, 'worker-lost')
  await showRun(page, 'Run 2')
  await expect(page.getByTestId('run-problem')).toBeHidden()
  const before = await readCount(page, 'epoch')
  await expect.poll(() => readCount(page, 'epoch')).toBeGreaterThan(before)

  await showRun(page, 'Run 1')
  await page.getByTestId('training-epochs').fill('20')
  await page.getByTestId('train-again').click()
  await expect(rowOf(page, 'Run 3')).toContainText('finished')
  await expect(rowOf(page, 'Run 2')).toContainText('running')
  await page.getByRole('button', { name: 'Remove Run 1' }).click()
  await expect(rowOf(page, 'Run 1')).toHaveCount(0)
  await showRun(page, 'Run 2')
  await page.getByTestId('stop-run').click()
  await expect(page.getByTestId('run-ending')).toContainText('Stopped on request')
  expect(lab.errors).toEqual([])
})

test('an engine that dies loses its runs, says so, and the next run is not mixed up with them', async ({
  lab,
}) => {
  const { page } = lab
  await openSample(page, 'iris')
  await wantSameBits(page)
  await setEpochs(page, 20)
  await page.getByTestId('start-run').click()
  await untilEnded(page)
  const fingerprint = await fingerprintOf(page, 'Run 1')
  await page.getByTestId('training-epochs').fill(String(endless))
  await page.getByTestId('start-run').click()
  await expect(rowOf(page, 'Run 2')).toContainText('running')
  process.kill((await lab.enginePid())!, 'SIGKILL')

  await expect(page.getByTestId('run-problem')).toContainText('A new engine has been started')
  for (const title of ['Run 1', 'Run 2']) await expect(rowOf(page, title)).toContainText('failed')
  await goTo(page, 'evaluate')
  await expect(page.getByTestId('panel-evaluate')).toContainText('This run has no weights')
  await goTo(page, 'train')
  await page.getByTestId('training-epochs').fill('20')
  await page.getByTestId('train-again').click()
  await expect(rowOf(page, 'Run 3')).toContainText('finished')
  expect(await fingerprintOf(page, 'Run 3')).toBe(fingerprint)
  await expect(page.getByTestId('run-epoch')).toHaveText('20 / 20')
  await goTo(page, 'evaluate')
  await expect(page.getByTestId('confusion-matrix')).toBeVisible()
  await goTo(page, 'train')
  for (const title of ['Run 1', 'Run 2']) await page.getByRole('button', { name: `Remove ${title}` }).click()
  await expect(page.getByTestId('run-list').getByRole('row')).toHaveCount(2)
  expect(lab.errors).toEqual([])
})

test('held, stepped and looked at in between, a run ends with the weights of an undisturbed one', async ({
  lab,
}) => {
  test.setTimeout(120_000)
  const { page } = lab
  await openSample(page, 'breast-cancer')
  await wantSameBits(page)
  await setEpochs(page, 1500)
  await page.getByTestId('training-batchSize').fill('8')
  await page.getByTestId('start-run').click()
  await untilEnded(page)

  await page.getByTestId('start-run').click()
  await expect(rowOf(page, 'Run 2')).toContainText('running')
  await expect.poll(() => readCount(page, 'epoch')).toBeGreaterThan(2)
  await page.getByTestId('pause-run').click()
  await expect(page.getByTestId('run-status')).toHaveText('paused')
  await picture(lab, 'train-paused')
  const step = await readCount(page, 'step')
  await page.getByTestId('step-batch').click()
  await expect.poll(() => readCount(page, 'step')).toBe(step + 1)
  await page.getByTestId('step-batch').click()
  await expect.poll(() => readCount(page, 'step')).toBe(step + 2)
  await page.getByTestId('step-epoch').click()
  await expect.poll(() => readCount(page, 'step')).toBeGreaterThan(step + 2)
  const [epoch, atEnd] = [await readCount(page, 'epoch'), await readCount(page, 'step')]
  expect(atEnd % epoch).toBe(0)
  await page.getByTestId('step-epoch').click()
  await expect.poll(() => readCount(page, 'step')).toBe(atEnd + atEnd / epoch)

  await goTo(page, 'evaluate')
  await expect(page.getByTestId('metric-validation-loss')).toHaveText(/\d/)
  await goTo(page, 'train')
  await page.getByTestId('resume-run').click()
  await untilEnded(page)
  expect(await fingerprintOf(page, 'Run 2')).toBe(await fingerprintOf(page, 'Run 1'))
  expect(lab.errors).toEqual([])
})

test('a run that is stopped keeps its best weights', async ({ lab }) => {
  const { page } = lab
  await openSample(page, 'iris')
  await setEpochs(page, endless)
  await page.getByTestId('start-run').click()
  await expect.poll(() => readCount(page, 'epoch')).toBeGreaterThan(50)
  await page.getByTestId('stop-run').click()
  const ending = page.getByTestId('run-ending')
  await expect(ending).toContainText('Stopped on request')
  const best = /weights of epoch ([\d,]+), the best/.exec(await ending.innerText())?.[1]
  await expect(page.getByTestId('run-numbers')).toContainText(`Best epoch (${best})`)
  const loss = await page.getByTestId('best-validation-loss').innerText()
  await goTo(page, 'evaluate')
  await expect(page.getByTestId('metric-validation-loss')).toHaveText(loss)
  expect(lab.errors).toEqual([])
})

import { execFileSync } from 'node:child_process'
import fs from 'node:fs/promises'
import path from 'node:path'
import { expect, test, type Lab } from './lab'
import { killWorker } from './kill-worker'
import { choose, goTo, newFolder, openSample, picture, rowOf, runIdOf, setEpochs } from './steps'

const nabla = path.resolve(import.meta.dirname, '../../out/main/nabla.cjs')

/** What the command line prints. */
const onCommandLine = (...typed: string[]): string =>
  execFileSync(process.execPath, [nabla, ...typed], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

/** The open experiment in a file of its own. */
async function saved({ page, answerSaveDialog }: Lab, folder: string): Promise<string> {
  const file = path.join(folder, 'e.nabla.json')
  await answerSaveDialog(file)
  await page.keyboard.press('Control+S')
  await expect(page.getByTestId('unsaved')).toBeHidden()
  return file
}

async function largePicture(lab: Lab, name: string): Promise<void> {
  await picture(lab, name)
  await lab.size(1920, 1080)
  await lab.screenshot(name)
  await lab.theme('light')
  await lab.screenshot(name)
  await lab.size(1280, 800)
}

test('cross-validation in the window ends with the line that the command line prints', async ({ lab }) => {
  test.setTimeout(180_000)
  const { page } = lab
  const folder = await newFolder()
  await lab.size(1280, 800)
  await openSample(page, 'wine')
  await setEpochs(page, 60)
  const file = await saved(lab, folder)

  await page.getByTestId('more-ways').click()
  await page.getByTestId('way-cross-validate').click()
  await expect(page.getByTestId('start-series')).toHaveText('Start 5 trainings')
  await page.getByTestId('folds-count').fill('1')
  await expect(page.getByTestId('start-series')).toBeDisabled()
  await page.getByTestId('folds-count').fill('500')
  await page.getByTestId('start-series').click()
  await expect(page.getByTestId('help-bad-folds')).toContainText('500 folds of 178 rows')
  await largePicture(lab, 'folds-refused')
  await page.getByTestId('folds-count').fill('5')
  await page.getByTestId('start-series').click()
  await expect(page.getByTestId('series-dialog')).toBeHidden()
  await expect(page.getByTestId('series-status')).toHaveText('finished', { timeout: 60_000 })
  await expect(page.getByTestId('series-done')).toHaveText('5 / 5')
  await largePicture(lab, 'folds-finished')

  const printed = onCommandLine('train', file, '--folds', '5', '--out', path.join(folder, 'cv'))
  const lines = printed.split('\n')
  for (const [label, id] of [
    ['mean ± sd', 'deviation'],
    ['mean ± 95 %', 'interval'],
  ] as const)
    for (const metric of ['loss', 'accuracy']) {
      const shown = await page.getByTestId(`series-${id}-${metric}`).innerText()
      expect(shown).toMatch(/\d ± \d/)
      expect(lines.find((line) => line.startsWith(label))).toContain(shown)
    }
  const table = path.join(folder, 'window.csv')
  await lab.answerSaveDialog(table)
  await page.getByTestId('series-save-table').click()
  await expect(page.getByTestId('toast').last()).toContainText('window.csv')
  const prints = (text: string) => text.match(/[0-9a-f]{64}/g)
  const own = prints(await fs.readFile(table, 'utf8'))
  expect(own).toHaveLength(5)
  expect(own).toEqual(prints(await fs.readFile(path.join(folder, 'cv/folds.csv'), 'utf8')))

  const chart = path.join(folder, 'spread.svg')
  await lab.answerSaveDialog(chart)
  await page.getByTestId('spread-chart-save').click()
  await page.getByTestId('spread-chart-save-svg').click()
  await expect.poll(() => fs.readFile(chart, 'utf8').catch(() => '')).toContain('Spread of')
  await expect(rowOf(page, 'Cross-validation 1')).toContainText('wine')
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

test('repeats: stopped midway they keep what is finished, beside runs of other experiments', async ({
  lab,
}) => {
  test.setTimeout(180_000)
  const { page } = lab
  await lab.size(1280, 800)
  await openSample(page, 'iris')
  await setEpochs(page, 30)
  await page.getByTestId('start-run').click()
  await expect(rowOf(page, 'Run 1')).toContainText('finished')
  await page.getByTestId('close-experiment').click()
  await openSample(page, 'penguins')
  await setEpochs(page, 3000)
  await expect(rowOf(page, 'Run 1')).toContainText('iris')
  await lab.menu('repeat')
  await page.getByTestId('repeats-count').fill('40')
  await page.getByTestId('repeats-vary').click()
  await page.getByTestId('start-series').click()
  await expect(page.getByTestId('series-row-2')).toContainText('finished', { timeout: 90_000 })
  await expect(page.getByTestId('series-left')).toHaveText(/\d/)
  await largePicture(lab, 'repeats-running')
  await page.getByTestId('stop-series').click()
  await expect(page.getByTestId('series-status')).toHaveText('stopped')
  const done = Number((await page.getByTestId('series-done').innerText()).split(' ')[0])
  expect(done).toBeGreaterThanOrEqual(2)
  await expect(page.getByTestId('series-table').locator('tbody tr')).toHaveCount(done)
  await expect(rowOf(page, 'Repeats 1')).toContainText('penguins')

  await rowOf(page, 'Run 1').getByRole('button', { name: 'Run 1', exact: true }).click()
  await expect(page.getByTestId('run-ending')).toBeVisible()
  await largePicture(lab, 'runs-of-two')
  await rowOf(page, 'Repeats 1').getByRole('button', { name: 'Repeats 1', exact: true }).click()
  await expect(page.getByTestId('series-bar')).toContainText('penguins')
  await page.getByRole('button', { name: 'Remove Repeats 1' }).click()
  await expect(page.getByTestId('series-bar')).toBeHidden()
  await expect(rowOf(page, 'Repeats 1')).toHaveCount(0)
  expect(lab.errors).toEqual([])
})

test('the rate finder suggests what the command line does, and puts it into the experiment', async ({
  lab,
}) => {
  test.setTimeout(120_000)
  const { page } = lab
  const folder = await newFolder()
  await lab.size(1280, 800)
  await openSample(page, 'wine')
  await goTo(page, 'train')
  const file = await saved(lab, folder)
  await page.getByTestId('find-rate').click()
  await expect(page.getByTestId('rate-words')).toContainText('good rate', { timeout: 30_000 })
  await largePicture(lab, 'rate-finder')
  const printed = onCommandLine('findrate', file)
  for (const [label, id] of [
    ['Suggestion', 'suggestion'],
    ['Steepest', 'steepest'],
  ] as const)
    expect(printed).toContain(`${label}:`.padEnd(12) + (await page.getByTestId(`rate-${id}`).innerText()))

  const csv = path.join(folder, 'curve.csv')
  await lab.answerSaveDialog(csv)
  await page.getByTestId('rate-chart-save').click()
  await page.getByTestId('rate-chart-save-csv').click()
  await expect
    .poll(() => fs.readFile(csv, 'utf8').catch(() => ''))
    .toContain('learning_rate,loss,smoothed_loss')

  const before = await page.getByTestId('optimizer-learningRate').inputValue()
  const use = await page.getByTestId('rate-use').innerText()
  await page.getByTestId('rate-use').click()
  await expect(page.getByTestId('optimizer-learningRate')).toHaveValue(use.replace('Use ', ''))
  await page.getByTestId('undo').click()
  await expect(page.getByTestId('optimizer-learningRate')).toHaveValue(before)

  // Slow enough to be looked at while it goes on.
  await page.getByTestId('close-experiment').click()
  await openSample(page, 'digits')
  await goTo(page, 'train')
  await page.getByTestId('training-batchSize').fill('1024')
  await lab.menu('find-rate')
  await expect(page.getByTestId('rate-again')).toBeVisible({ timeout: 30_000 })
  await page.getByTestId('rate-steps').fill('10000')
  await page.getByTestId('rate-highest').fill('1e-5')
  await page.getByTestId('rate-again').click()
  await expect(page.getByTestId('rate-words')).toContainText('Update')
  await picture(lab, 'rate-finder-running')
  await page.getByTestId('rate-stop').click()
  await expect(page.getByTestId('rate-words')).toContainText('Stopped')
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

test('folds that diverge are told and counted, and a worker that dies leaves what is finished', async ({
  lab,
}) => {
  test.setTimeout(120_000)
  const { page } = lab
  await lab.size(1280, 800)
  await openSample(page, 'diabetes')
  await setEpochs(page, 20)
  await choose(page, 'optimizer', 'sgd')
  await page.getByTestId('optimizer-learningRate').fill('100')
  await lab.menu('cross-validate')
  await page.getByTestId('start-series').click()
  await expect(page.getByTestId('series-status')).toHaveText('finished')
  await expect(page.getByTestId('series-diverged')).toContainText(
    '5 folds ended with a loss that is no number',
  )
  await expect(page.getByTestId('series-row-1')).toContainText('diverged')
  await largePicture(lab, 'folds-diverged')

  await page.getByTestId('optimizer-learningRate').fill('0.001')
  await setEpochs(page, 2000)
  await lab.menu('repeat')
  await page.getByTestId('repeats-count').fill('100')
  await page.getByTestId('start-series').click()
  await expect(page.getByTestId('series-row-1')).toContainText('finished', { timeout: 30_000 })
  await killWorker(page, await runIdOf(page, 'Repeats 1'))
  await expect(page.getByTestId('series-problem')).toContainText('worker thread')
  await expect(page.getByTestId('series-status')).toHaveText('failed')
  await expect(page.getByTestId('series-row-1')).toContainText('finished')
  await largePicture(lab, 'repeats-failed')

  await page.getByTestId('series-again').click()
  await expect(rowOf(page, 'Repeats 2')).toContainText('running')
  await expect(page.getByTestId('series-done')).toHaveText(/\/ 100$/)
  process.kill((await lab.enginePid())!, 'SIGKILL')
  await expect(page.getByTestId('series-problem')).toContainText('A new engine has been started')
  await expect(rowOf(page, 'Repeats 2')).toContainText('failed')
  await page.getByRole('button', { name: 'Remove Repeats 2' }).click()
  await expect(rowOf(page, 'Repeats 2')).toHaveCount(0)
  expect(lab.errors).toEqual([])
})

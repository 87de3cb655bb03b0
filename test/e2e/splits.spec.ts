import fs from 'node:fs/promises'
import path from 'node:path'
import { splitKinds } from '../../core/data/splits/kinds'
import { expect, test, type Lab } from './lab'
import { choose, goTo, newFolder, openTable, setEpochs, untilEnded, untilReady } from './steps'

const rows = 120

/** Twelve patients, ten visits each, in turn; the split that was published; a yes/no to predict, and numbers. */
function visits(): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const [patient, visit] = [row % 12, Math.floor(row / 12)]
    const day = new Date(Date.UTC(2024, 0, 1 + visit * 7)).toISOString().slice(0, 10)
    const set = visit < 7 ? 'train' : visit < 8 ? 'dev' : 'holdout'
    const pulse = 60 + ((row * 7) % 23) + visit
    const weight = (55 + patient * 3 + Math.sin(visit)).toFixed(1)
    return [
      `p${patient}`,
      day,
      set,
      weight,
      pulse,
      150 + patient * 4,
      (patient + visit) % 3 ? 'well' : 'ill',
    ].join(',')
  })
  return ['patient,day,set,weight,resting pulse,height,state', ...lines].join('\n')
}

async function open(lab: Lab): Promise<string> {
  const folder = await newFolder()
  const file = path.join(folder, 'visits.csv')
  await fs.writeFile(file, visits())
  await lab.size(1280, 800)
  await openTable(lab, file)
  await untilReady(lab.page)
  return folder
}
async function pictures(lab: Lab, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await lab.theme(theme)
    await lab.size(1280, 800)
    await lab.screenshot(name)
    await lab.size(1920, 1080)
    await lab.screenshot(name)
  }
  await lab.theme('light')
  await lab.size(1280, 800)
}

test('rows are split by a marker, by groups and by time, each with what its parts hold', async ({ lab }) => {
  test.setTimeout(150_000)
  const { page } = lab
  const folder = await open(lab)
  const facts = (name: string) => page.getByTestId(`facts-${name}`)
  const rowsOf = (name: string) => page.getByTestId(`balance-${name}`)

  // A published split is proposed, and its column is no input.
  await expect(page.getByTestId('split-strategy')).toContainText('marker')
  await expect(page.getByTestId('split-by')).toContainText('set')
  await expect(page.getByTestId('role-set')).toHaveValue('split')
  await expect(rowsOf('train')).toContainText('84 rows')
  await expect(rowsOf('validation')).toContainText('12 rows')
  await expect(page.getByTestId('mark-dev')).toHaveValue('validation')
  await pictures(lab, 'split-marker')
  await page.getByTestId('mark-dev').selectOption('none')
  await expect(page.getByTestId('split-left-out')).toContainText('12 rows')
  await page.keyboard.press('Control+Z')
  await expect(rowsOf('validation')).toContainText('12 rows')

  await choose(page, 'split-strategy', 'grouped')
  await expect(page.getByTestId('split-by')).toContainText('patient')
  await expect(facts('train')).toContainText('different patient')
  const counted = async (): Promise<number> => {
    const texts = await Promise.all(['train', 'validation', 'test'].map((name) => facts(name).innerText()))
    return texts.reduce((sum, text) => sum + Number(/(\d+) different/.exec(text)?.[1]), 0)
  }
  await expect.poll(counted).toBe(12)
  await pictures(lab, 'split-grouped')

  await choose(page, 'split-strategy', 'time')
  await expect(page.getByTestId('split-by')).toContainText('day')
  await expect(facts('train')).toContainText('2024-01-01 – 2024-02-12')
  await expect(facts('test')).toContainText('2024-02-26 – 2024-03-04')
  await pictures(lab, 'split-time')

  await setEpochs(page, 3)
  await page.getByTestId('more-ways').click()
  await page.getByTestId('way-cross-validate').click()
  await expect(page.getByTestId('folds-kind')).toContainText('time')
  await page.getByTestId('folds-count').fill('3')
  await lab.screenshot('folds-time')
  await choose(page, 'folds-kind', 'grouped')
  await expect(page.getByTestId('folds-group')).toContainText('patient')
  await page.getByTestId('start-series').click()
  await expect(page.getByTestId('series-status')).toHaveText('finished', { timeout: 60_000 })
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

test('every strategy deals all rows out, each to one part', async ({ lab }) => {
  const { page } = lab
  const folder = await open(lab)
  for (const strategy of Object.keys(splitKinds)) {
    await choose(page, 'split-strategy', strategy)
    const counted = async (): Promise<number> => {
      const texts = await Promise.all(
        ['train', 'validation', 'test'].map((name) => page.getByTestId(`balance-${name}`).innerText()),
      )
      return texts.reduce((sum, text) => sum + Number(/([\d,]+) rows/.exec(text)?.[1]), 0)
    }
    await expect.poll(counted, { message: strategy }).toBe(rows)
  }
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

test('columns are computed by a formula and from earlier rows, and a series becomes a sequence', async ({
  lab,
}) => {
  test.setTimeout(150_000)
  const { page } = lab
  const folder = await open(lab)

  await page.getByTestId('new-column').click()
  const formula = page.getByTestId('derived-formula')
  await formula.fill('weight / heigth')
  await expect(page.getByTestId('help-bad-formula')).toContainText('Did you mean height?')
  await expect(page.getByTestId('help-bad-formula')).toContainText('at character 10')
  await expect(page.getByTestId('derived-save')).toBeDisabled()
  await pictures(lab, 'formula-wrong')
  await formula.fill('')
  await formula.pressSequentially('weight / (hei')
  await page.keyboard.press('Tab')
  await formula.pressSequentially(' / 100)^2 + 0 * `rest')
  await page.keyboard.press('Enter')
  await expect(formula).toHaveValue('weight / (height / 100)^2 + 0 * `resting pulse`')
  await page.getByTestId('derived-name').fill('bmi')
  await expect(page.getByTestId('derived-result')).toContainText('120 of 120 rows')
  await expect(page.getByTestId('derived-result')).toContainText('24.44444')
  await pictures(lab, 'formula')
  await page.getByTestId('derived-save').click()
  await expect(page.getByTestId('column-row-bmi')).toBeVisible()
  await untilReady(page)

  // Visits of one patient, in the order of days.
  await page.getByTestId('role-patient').selectOption('group')
  await page.getByTestId('role-day').selectOption('time')
  await page.getByTestId('new-column').click()
  await choose(page, 'derived-way', 'lag')
  await choose(page, 'derived-column', 'resting pulse')
  await expect(page.getByTestId('derived-result')).toContainText('108 of 120 rows')
  await pictures(lab, 'lag')
  await page.getByTestId('derived-save').click()
  await expect(page.getByTestId('column-row-resting pulse[t-1]')).toBeVisible()
  await page.getByTestId('new-column').click()
  await choose(page, 'derived-way', 'window')
  await choose(page, 'derived-column', 'weight')
  await page.getByTestId('derived-size').fill('3')
  await expect(page.getByTestId('derived-result')).toContainText('96 of 120 rows')
  await page.getByTestId('derived-save').click()
  await untilReady(page)
  await pictures(lab, 'computed-columns')

  // A formula of the target gives it away: told, and undone.
  await page.getByTestId('new-column').click()
  await page.getByTestId('derived-formula').fill('state == "ill"')
  await page.getByTestId('derived-save').click()
  await expect(page.getByTestId('help-target-in-formula')).toBeVisible()
  await lab.screenshot('target-in-formula')
  await page.keyboard.press('Control+Z')
  await expect(page.getByTestId('help-target-in-formula')).toBeHidden()
  await untilReady(page)
  await setEpochs(page, 3)
  await page.getByTestId('start-run').click()
  await untilEnded(page)

  await goTo(page, 'data')
  await page.getByTestId('new-sequence').click()
  await choose(page, 'sequence-target', 'resting pulse')
  await page.getByTestId('sequence-length').fill('3')
  await pictures(lab, 'sequence')
  await page.getByTestId('sequence-make').click()
  await expect(page.getByTestId('column-row-resting pulse[t+1]')).toBeVisible()
  await untilReady(page)
  await expect(page.getByTestId('split-strategy')).toContainText('time')
  await goTo(page, 'design')
  await expect(page.getByTestId('panel-design')).toContainText('GRU')
  await setEpochs(page, 3)
  await page.getByTestId('start-run').click()
  await untilEnded(page)
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

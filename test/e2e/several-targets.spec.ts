import fs from 'node:fs/promises'
import path from 'node:path'
import { expect, test, type Lab } from './lab'
import { goTo, newFolder, openTable, picture, pictures, setEpochs, untilEnded, untilReady } from './steps'

/** Mixes of concrete by a rule of thumb: water makes them flow, cement makes them hold. */
function mixes(rows: number): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const [cement, water, age] = [200 + ((row * 37) % 340), 140 + ((row * 53) % 90), 3 + ((row * 11) % 50)]
    const strength = (70 * cement) / (cement + 2 * water) + 4 * Math.log(age)
    const slump = 0.2 * (water - 130) + (row % 7) / 10
    const flags = [strength > 40 ? 'yes' : 'no', slump > 10 ? 'yes' : 'no']
    return [cement, water, age, strength.toFixed(2), slump.toFixed(2), ...flags].join()
  })
  return ['cement,water,age,strength,slump,strong,fluid', ...lines].join('\n')
}

/** The folder of the table, which is read and proposed. */
async function openMixes(lab: Lab): Promise<string> {
  const folder = await newFolder()
  const file = path.join(folder, 'mixes.csv')
  await fs.writeFile(file, mixes(120))
  await openTable(lab, file)
  await untilReady(lab.page)
  return folder
}

test('several numbers are chosen, trained, judged each by itself, and predicted for a new file', async ({
  lab,
}) => {
  test.setTimeout(150_000)
  const { page } = lab
  const folder = await openMixes(lab)
  await page.getByTestId('role-strength').selectOption('target')
  await page.getByTestId('role-slump').selectOption('one-more-target')
  for (const name of ['strong', 'fluid']) await page.getByTestId(`role-${name}`).selectOption('ignore')
  await untilReady(page)
  await expect(page.getByTestId('status-bar')).toContainText('3 inputs')
  await page.getByTestId('compared-with').selectOption('slump')
  await expect(page.getByTestId('column-row-water')).toContainText('1.00')
  await picture(lab, 'several-targets-data')
  await goTo(page, 'design')
  await expect(page.getByTestId('panel-design')).toContainText('2 values of strength, slump')
  await picture(lab, 'several-targets-design')
  await setEpochs(page, 80)
  await page.getByTestId('start-run').click()
  await untilEnded(page)

  await goTo(page, 'evaluate')
  const table = page.getByTestId('target-table')
  await expect(table.getByRole('row')).toHaveCount(3)
  const mean = async (metric: string): Promise<number> => {
    const cells = ['strength', 'slump'].map((name) =>
      page.getByTestId(`target-${name}-${metric}`).innerText(),
    )
    const values = (await Promise.all(cells)).map(Number)
    return (values[0]! + values[1]!) / 2
  }
  for (const metric of ['mae', 'r2']) {
    const all = Number(await page.getByTestId(`metric-test-${metric}`).innerText())
    expect(Math.abs((await mean(metric)) - all)).toBeLessThan(0.002 * Math.max(1, Math.abs(all)))
  }
  await expect(page.getByTestId('predicted-versus-actual')).toContainText('strength: Predicted')
  await picture(lab, 'several-targets-evaluate')
  await lab.size(1920, 1080)
  await lab.screenshot('several-targets-evaluate')
  await page.getByTestId('target-slump').check()
  await page.getByTestId('predicted-versus-actual-as-table').click()
  await expect(page.getByTestId('predicted-versus-actual').locator('thead')).toContainText('predicted slump')

  await goTo(page, 'predict')
  const fresh = path.join(folder, 'fresh.csv')
  await fs.writeFile(fresh, 'age,water,cement\n28,180,350\n7,210,300\n')
  await lab.answerOpenDialog(fresh)
  await page.getByTestId('predict-choose').click()
  await expect(page.getByTestId('prediction-table').locator('tbody tr')).toHaveCount(2)
  await expect(page.getByTestId('prediction-table')).not.toContainText('%')
  await picture(lab, 'several-targets-predict')
  const out = path.join(folder, 'out.csv')
  await lab.answerSaveDialog(out)
  await page.getByTestId('save-predictions').click()
  await expect(page.getByTestId('toast').last()).toContainText('out.csv')
  const [header, first] = (await fs.readFile(out, 'utf8')).trim().split('\n')
  expect(header).toBe('age,water,cement,prediction strength,prediction slump')
  const [strength, slump] = first!.split(',').slice(3).map(Number)
  expect(Math.abs(strength! - 47.8)).toBeLessThan(6)
  expect(Math.abs(slump! - 10.3)).toBeLessThan(3)
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

test('several labels have a confusion matrix each; targets of unlike kinds are refused by name', async ({
  lab,
}) => {
  test.setTimeout(150_000)
  const { page } = lab
  const folder = await openMixes(lab)
  await page.getByTestId('role-strong').selectOption('target')
  await page.getByTestId('role-slump').selectOption('one-more-target')
  await expect(page.getByTestId('panel-data')).toContainText('"slump" of numbers, "strong" of two classes')
  await page.getByTestId('role-slump').selectOption('ignore')
  await page.getByTestId('role-strength').selectOption('ignore')
  await page.getByTestId('role-fluid').selectOption('one-more-target')
  await untilReady(page)
  await expect(page.getByTestId('status-bar')).toContainText('3 inputs')
  await setEpochs(page, 60)
  await page.getByTestId('start-run').click()
  await untilEnded(page)
  await goTo(page, 'evaluate')
  await expect(page.getByTestId('metric-test-exactMatch')).toContainText('%')
  await page.getByTestId('target-fluid').check()
  await expect(page.getByTestId('confusion-matrix')).toBeVisible()
  await picture(lab, 'several-labels-evaluate')
  await goTo(page, 'predict')
  const fresh = path.join(folder, 'fresh.csv')
  await fs.writeFile(fresh, 'cement,water,age\n500,215,45\n210,145,3\n')
  await lab.answerOpenDialog(fresh)
  await page.getByTestId('predict-choose').click()
  const rows = page.getByTestId('prediction-table').locator('tbody tr')
  await expect(rows.first()).toContainText(/yes.*%.*yes.*%/)
  await expect(rows.last()).toContainText(/no.*%.*no.*%/)
  await picture(lab, 'several-labels-predict')
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

test('the balance of each label is shown, and 0 and 1 beside a number are made alike with a click', async ({
  lab,
}) => {
  const { page } = lab
  const folder = await openMixes(lab)
  await page.getByTestId('role-strong').selectOption('target')
  await page.getByTestId('role-fluid').selectOption('one-more-target')
  await untilReady(page)
  const balance = page.getByTestId('label-balance')
  await balance.scrollIntoViewIfNeeded()
  await expect(page.getByTestId('label-strong').getByRole('cell')).toHaveText([/%$/, /%$/, /%$/])
  await expect(page.getByTestId('label-fluid')).toContainText('fluid = yes')
  // The three splits stand beside each other.
  const tops = await page
    .getByTestId('label-strong')
    .getByRole('cell')
    .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().top))
  expect(new Set(tops).size).toBe(1)
  await pictures(lab, 'label-balance')

  const file = path.join(folder, 'sold.csv')
  const rows = Array.from({ length: 60 }, (_, i) => `${i * 0.7},${3.5 * i + 0.25},${i % 3 ? 1 : 0}`)
  await fs.writeFile(file, ['x,price,sold', ...rows, ''].join('\n'))
  await lab.openPath(file)
  await untilReady(page)
  await page.getByTestId('role-sold').selectOption('target')
  await page.getByTestId('type-sold').selectOption('boolean')
  await page.getByTestId('role-price').selectOption('one-more-target')
  const card = page.getByTestId('help-mixed-targets').first()
  await expect(card).toContainText('"price" of numbers, "sold" of two classes')
  await picture(lab, 'mixed-targets')
  await card.getByRole('button', { name: 'Read sold as numbers' }).click()
  await expect(card).toBeHidden()
  await untilReady(page)
  await expect(page.getByTestId('type-sold')).toHaveValue('integer')
  await page.keyboard.press('Control+Z')
  await expect(card).toBeVisible()
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

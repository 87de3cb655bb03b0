import fs from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from './lab'
import { goTo, newFolder, openSample, picture, setEpochs, untilEnded } from './steps'

const classes = ['setosa', 'versicolor', 'virginica']

test('rows of a new file get predictions beside their own cells, and what does not fit is told', async ({
  lab,
}) => {
  const { page } = lab
  const folder = await newFolder()
  const file = path.join(folder, 'neue Blumen – Garten 2026.csv')
  // German writing, another order, and a column that training never saw.
  await fs.writeFile(
    file,
    [
      'petal_width_cm;petal_length_cm;Gärtner;sepal_width_cm;sepal_length_cm',
      '0,2;1,4;Ada;3,5;5,1',
      '2,3;6,1;Änne;3,0;7,2',
      '1,3;4,2;;2,8;5,6',
    ].join('\n'),
  )
  await openSample(page, 'iris')
  await goTo(page, 'predict')
  await expect(page.getByTestId('panel-predict')).toContainText('Nothing is trained yet')
  await setEpochs(page, 60)
  await page.getByTestId('start-run').click()
  await untilEnded(page)

  await goTo(page, 'predict')
  await expect(page.getByTestId('needed-columns').locator('li')).toHaveText([
    'sepal_length_cm',
    'sepal_width_cm',
    'petal_length_cm',
    'petal_width_cm',
  ])
  await picture(lab, 'predict-empty')
  await lab.answerOpenDialog(file)
  await page.getByTestId('predict-choose').click()
  const report = page.getByTestId('match-report')
  await expect(report).toContainText('All 4 columns of the training are there.')
  await expect(page.getByTestId('match-extra')).toContainText('Gärtner')
  await expect(page.getByTestId('match-order')).toBeVisible()
  const rows = page.getByTestId('prediction-table').locator('tbody tr')
  await expect(rows).toHaveCount(3)
  for (const [index, label] of classes.entries()) {
    const place = [0, 2, 1][index]!
    await expect(rows.nth(place)).toContainText(label)
  }
  await picture(lab, 'predict')
  await lab.size(1920, 1080)
  await lab.screenshot('predict')

  const target = path.join(folder, 'out.csv')
  await lab.answerSaveDialog(target)
  await page.getByTestId('save-predictions').click()
  await expect(page.getByTestId('toast').last()).toContainText('out.csv')
  const [header, ...lines] = (await fs.readFile(target, 'utf8')).trim().split('\n')
  expect(header).toBe(
    'petal_width_cm;petal_length_cm;Gärtner;sepal_width_cm;sepal_length_cm;prediction;probability setosa;probability versicolor;probability virginica',
  )
  expect(lines.map((line) => line.split(';')[5])).toEqual(['setosa', 'virginica', 'versicolor'])
  for (const line of lines) {
    const shares = line
      .split(';')
      .slice(6)
      .map((cell) => Number(cell.replace(',', '.')))
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5)
  }
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

test('a file that lacks columns is refused by name, or taken with empty ones; a dropped one is taken, too', async ({
  lab,
}) => {
  const { page } = lab
  const folder = await newFolder()
  const file = path.join(folder, 'less.csv')
  await fs.writeFile(file, 'Sepal_Length_cm,sepal_width_cm,petal_length_cm\n5.1,3.5,1.4\n6.3,2.8,5.6\n')
  await openSample(page, 'iris')
  await setEpochs(page, 30)
  await page.getByTestId('start-run').click()
  await untilEnded(page)
  await goTo(page, 'predict')
  await lab.dropFile('[data-testid=predict-zone]', file)
  const card = page.getByTestId('help-missing-column')
  await expect(card).toContainText('the columns "sepal_length_cm", "petal_width_cm"')
  await expect(card).toContainText('If "Sepal_Length_cm" is meant, rename it to "sepal_length_cm".')
  await picture(lab, 'predict-missing')
  await page.getByTestId('predict-empty').click()
  await expect(page.getByTestId('match-absent')).toContainText('petal_width_cm')
  await expect(page.getByTestId('prediction-table').locator('tbody tr')).toHaveCount(2)
  // The experiment is still the one that was open.
  await expect(page.getByTestId('status-bar')).toContainText('4 inputs')

  const empty = path.join(folder, 'empty.csv')
  await fs.writeFile(empty, '')
  await lab.answerOpenDialog(empty)
  await page.getByTestId('predict-other').click()
  await expect(page.getByTestId('help-file-empty')).toBeVisible()
  await lab.answerOpenDialog(null)
  await page.getByTestId('predict-choose').click()
  await expect(page.getByTestId('help-file-empty')).toBeVisible()
  await lab.answerOpenDialog(path.join(folder, 'less.csv'))
  await page.getByTestId('predict-choose').click()
  await expect(card).toBeVisible()
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

import fs from 'node:fs/promises'
import path from 'node:path'
import { expect, launchLab, test } from './lab'
import { goTo, newFolder, untilReady } from './steps'

/** Where tables come from: several files at once, a spreadsheet's clipboard, and formats beside CSV. */

const rows = (from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => `${from + i},${3 * (from + i)},${i % 2 ? 'red' : 'blue'}\n`).join(
    '',
  )

test('two files dropped together are one table, which is saved with both names', async ({ lab }) => {
  const { page } = lab
  const folder = await newFolder()
  const [one, two] = [path.join(folder, 'January – größer.csv'), path.join(folder, 'February.csv')]
  await fs.writeFile(one, `x,y,colour\n${rows(0, 30)}`)
  await fs.writeFile(two, `colour,x,y\n${rows(30, 30).replace(/(.*),(.*),(.*)/g, '$3,$1,$2')}`)
  await lab.dropFile('[data-testid=drop-zone]', one, two)
  await untilReady(page)
  await expect(page.getByTestId('panel-data').locator('h1')).toHaveText('January – größer.csv and 1 more')
  await expect(page.getByTestId('file-facts')).toContainText('60 rows')
  const saved = path.join(folder, 'sub', 'both.nabla.json')
  await fs.mkdir(path.dirname(saved))
  await lab.answerSaveDialog(saved)
  await lab.menu('save')
  await expect
    .poll(() => fs.readFile(saved, 'utf8').catch(() => ''))
    .toContain('"source": ["../January – größer.csv", "../February.csv"]')
  await untilReady(page)

  // A column that one of them lacks is told with that file's name.
  await fs.writeFile(two, `x,y,color\n${rows(30, 30)}`)
  await lab.answerOpenDialog([one, two])
  await lab.menu('open')
  const told = page.getByTestId('problem-dialog').getByTestId('help-columns-differ')
  await expect(told).toContainText('no column "colour"')
  await expect(told).toContainText('February.csv')
  expect(lab.errors).toEqual([])
})

test('files of one shape that the app is started with are one table', async () => {
  const folder = await newFolder()
  const [one, two] = [path.join(folder, 'one.csv'), path.join(folder, 'two.csv')]
  await fs.writeFile(one, `x,y,colour\n${rows(0, 30)}`)
  await fs.writeFile(two, `x,y,colour\n${rows(30, 30)}`)
  const lab = await launchLab({ words: [one, two] })
  await untilReady(lab.page)
  await expect(lab.page.getByTestId('panel-data').locator('h1')).toHaveText('one.csv and 1 more')
  await expect(lab.page.getByTestId('file-facts')).toContainText('60 rows')

  // Both are one entry among the recent files, on the first screen and in the menu.
  await lab.page.getByTestId('close-experiment').click()
  await lab.screenshot('recent-several')
  await lab.page.getByRole('button', { name: 'one.csv and 1 more' }).click()
  await untilReady(lab.page)
  await expect(lab.page.getByTestId('file-facts')).toContainText('60 rows')
  await lab.page.getByTestId('close-experiment').click()
  const label = await lab.app.evaluate(({ Menu }) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById('recent')?.submenu?.items[0]
    const click = item?.click as () => void
    click()
    return item?.label
  })
  expect(label).toBe(`${one} and 1 more`)
  await expect(lab.page.getByTestId('file-facts')).toContainText('60 rows')
  expect(lab.errors).toEqual([])
  await lab.close()
  await fs.rm(folder, { recursive: true })
})

test('cells copied in a spreadsheet are pasted as a table, kept, and saved elsewhere', async ({ lab }) => {
  const { page } = lab
  const cells = `x\ty\tcolour\n${rows(0, 40).replaceAll(',', '\t')}`
  await lab.copyText('just a word')
  await page.keyboard.press('Control+V')
  await expect(page.getByTestId('help-nothing-to-paste')).toContainText('one line of text')
  await page.keyboard.press('Escape')

  await lab.copyText(cells)
  await page.keyboard.press('Control+V')
  await untilReady(page)
  await expect(page.getByTestId('panel-data').locator('h1')).toHaveText(/^pasted-\d{4}-\d\d-\d\d-\d{6}\.csv$/)
  await expect(page.getByTestId('file-facts')).toContainText('40 rows')
  const [kept = ''] = await fs.readdir(path.join(lab.userData, 'pasted'))
  expect(await fs.readFile(path.join(lab.userData, 'pasted', kept), 'utf8')).toBe(cells)

  const folder = await newFolder()
  const copy = path.join(folder, 'measured.csv')
  await lab.answerSaveDialog(copy)
  await page.getByTestId('save-table').click()
  await expect(page.getByTestId('panel-data').locator('h1')).toHaveText('measured.csv')
  expect(await fs.readFile(copy, 'utf8')).toBe(cells)
  await untilReady(page)

  // Pasted in the Data panel, the next table takes the place of this one; in another panel nothing happens.
  await goTo(page, 'design')
  await lab.copyText(
    `a\tb\n${rows(0, 25)
      .replaceAll(',', '\t')
      .replace(/\t\w+\n/g, '\n')}`,
  )
  await page.keyboard.press('Control+V')
  await goTo(page, 'data')
  await expect(page.getByTestId('file-facts')).toContainText('40 rows')
  await page.keyboard.press('Control+V')
  await expect(page.getByTestId('file-facts')).toContainText('25 rows')
  expect(lab.errors).toEqual([])
})

import fs from 'node:fs/promises'
import path from 'node:path'
import { expect, test, type Lab } from './lab'
import { choose, newFolder, openTable, untilReady } from './steps'

/** How a file is read: every option changed in the window, with the preview following, and back to what was found. */

const lines = (head: string, row: (i: number) => string, count = 30): string =>
  [head, ...Array.from({ length: count }, (_, i) => row(i))].join('\n') + '\n'

async function pictures(lab: Lab, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await lab.theme(theme)
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
    ] as const) {
      await lab.size(width, height)
      await lab.screenshot(name)
    }
  }
  await lab.theme('light')
  await lab.size(1280, 800)
}

const long =
  'Gewichteter Jahresmittelwert der Außentemperatur in °C – 城市 🙂 (Station „Süd“, ohne Ausreißer)'

test('each option changes the preview at once, tells what was found, and goes back to it', async ({
  lab,
}) => {
  test.setTimeout(120_000)
  const { page } = lab
  const folder = await newFolder()
  const file = path.join(
    folder,
    'Messungen größer – 城市 mit einem wirklich sehr langen Namen für eine Datei.csv',
  )
  await fs.writeFile(
    file,
    lines(
      `${long};menge;wort;tag`,
      (i) => `1.${100 + i},5;${i};${i % 2 ? "'rot'" : '//blau'};${i % 5 ? i : '-9'}`,
    ),
  )
  await openTable(lab, file)
  await untilReady(page)
  const preview = page.getByTestId('row-preview')
  const cells = (row: number) => preview.locator('tbody tr').nth(row).locator('td')
  await page.getByTestId('reading-options').click()
  await expect(page.getByTestId('found-delimiter')).toHaveText('Found: Semicolon  ;')
  await expect(page.getByTestId('found-decimal')).toHaveText('Found: Comma  1,5')
  await expect(page.getByTestId('found-encoding')).toHaveText('Found: UTF-8')
  await expect(page.getByTestId('found-header')).toHaveText('Found: yes')
  await expect(page.getByTestId('type-menge')).toHaveValue('integer')
  await pictures(lab, 'reading-options')

  const facts = page.getByTestId('file-facts')
  const back = async (setting: string) => {
    await page.getByTestId(`back-${setting}`).click()
    await expect(page.getByTestId(`found-${setting}`)).toBeVisible()
  }
  const type = page.getByTestId(`type-${long}`)

  await choose(page, 'csv-decimal', '.')
  await expect(type).not.toHaveValue('number')
  await back('decimal')
  await expect(type).toHaveValue('number')

  await choose(page, 'csv-thousands', 'none')
  await expect(type).not.toHaveValue('number')
  await back('thousands')
  await expect(type).toHaveValue('number')

  await page.getByTestId('csv-header').click()
  await expect(facts).toContainText('31 rows')
  await back('header')
  await expect(facts).toContainText('30 rows')

  await page.getByTestId('csv-skip').fill('2')
  await expect(facts).toContainText('28 rows')
  await back('skip')
  await expect(facts).toContainText('30 rows')

  await page.getByTestId('csv-missing').fill('-9, 7')
  await expect(cells(7).nth(2)).toHaveText('missing')
  await expect(cells(0).nth(4)).toHaveText('missing')
  await back('missing')
  await expect(cells(0).nth(4)).toHaveText('-9')

  await expect(cells(1).nth(3)).toHaveText('rot')
  await choose(page, 'csv-quote', '"')
  await expect(cells(1).nth(3)).toHaveText("'rot'")
  await back('quote')
  await expect(cells(1).nth(3)).toHaveText('rot')

  await choose(page, 'csv-encoding', 'latin-1')
  await expect(preview.locator('thead')).toContainText('AuÃ')
  await back('encoding')
  await expect(preview.locator('thead')).toContainText('Außentemperatur')

  // An error keeps the last preview, and says what to do.
  await choose(page, 'csv-delimiter', ':')
  await expect(page.getByTestId('help-one-column')).toBeVisible()
  await expect(preview.locator('tbody tr').first()).toBeVisible()
  await pictures(lab, 'reading-options-error')
  await choose(page, 'csv-delimiter', 'other')
  await page.getByTestId('csv-delimiter-typed').fill('::')
  await expect(page.getByTestId('help-one-column')).toContainText('"::"')
  await back('delimiter')
  await expect(page.getByTestId('help-one-column')).toBeHidden()
  await untilReady(page)
  expect(lab.errors).toEqual([])
})

test('comments, escapes and spaces before quotes are found and can be changed', async ({ lab }) => {
  test.setTimeout(90_000)
  const { page } = lab
  const folder = await newFolder()
  const file = path.join(folder, 'odd.csv')
  await fs.writeFile(
    file,
    `# measured at noon\n${lines('a, said', (i) => `${i}, "he said \\"${i % 2 ? 'yes' : 'no'}\\", twice"`)}`,
  )
  await openTable(lab, file)
  const facts = page.getByTestId('file-facts')
  const said = page.getByTestId('row-preview').locator('tbody tr').first().locator('td').nth(2)
  await untilReady(page)
  await page.getByTestId('reading-options').click()
  await expect(page.getByTestId('found-comment')).toHaveText('Found: “#”')
  await expect(page.getByTestId('found-escape')).toContainText('Backslash')
  await expect(page.getByTestId('found-spaces')).toHaveText('Found: Left out')
  await expect(facts).toContainText('30 rows · 2 columns')
  await expect(said).toHaveText('he said "no", twice')
  await choose(page, 'csv-escape', 'doubled')
  await expect(page.getByTestId('panel-data').getByRole('alert')).toHaveCount(1)
  await choose(page, 'csv-escape', '\\')
  await expect(said).toHaveText('he said "no", twice')
  await choose(page, 'csv-spaces', 'keep')
  await expect(page.getByTestId('panel-data').getByRole('alert')).toHaveCount(1)
  await page.getByTestId('back-spaces').click()
  await expect(page.getByTestId('panel-data').getByRole('alert')).toHaveCount(0)
  // A first line that is no comment any more is still seen to be none of the table's.
  await page.getByTestId('csv-comment').fill('//')
  await page.getByTestId('back-comment').click()
  await expect(page.getByTestId('found-comment')).toBeVisible()
  await expect(facts).toContainText('30 rows · 2 columns')
  await expect(page.getByTestId('panel-data').getByRole('alert')).toHaveCount(0)
  await untilReady(page)
  expect(lab.errors).toEqual([])
})

test('a file that cannot be read is opened for its options, and proposed once it can', async ({ lab }) => {
  const { page } = lab
  const folder = await newFolder()
  const file = path.join(folder, 'colons.txt')
  // A column named by a number: colons are not guessed there.
  await fs.writeFile(
    file,
    lines('x:7', (i) => `${i}:${3 * i}`),
  )
  await openTable(lab, file)
  await expect(page.getByTestId('problem-dialog').getByTestId('help-one-column')).toBeVisible()
  await page.getByTestId('remedy').click()
  await expect(page.getByTestId('file-facts')).toHaveText('not read yet')
  await expect(page.getByTestId('csv-delimiter')).toHaveText('Find out')
  await expect(page.getByTestId('help-one-column')).toBeVisible()
  await pictures(lab, 'reading-unread')
  await choose(page, 'csv-delimiter', ':')
  await untilReady(page)
  await expect(page.getByTestId('file-facts')).toContainText('30 rows · 2 columns')
  await expect(page.getByTestId('help-one-column')).toBeHidden()
  expect(lab.errors).toEqual([])
})

test('cells that cannot be read are counted with their rows, and the user decides', async ({ lab }) => {
  test.setTimeout(90_000)
  const { page } = lab
  const folder = await newFolder()
  const file = path.join(folder, 'prices.csv')
  const odd: Readonly<Record<number, string>> = { 3: 'see note', 17: 'about 5', 21: '' }
  await fs.writeFile(
    file,
    lines('price,n,target', (i) => `${odd[i] ?? 10 + (i % 9)},${i % 4},${i % 2 ? 'a' : 'b'}`, 40),
  )
  await openTable(lab, file)
  await untilReady(page)
  await page.getByTestId('type-price').selectOption('number')
  const help = page.getByTestId('help-not-a-number')
  await expect(help).toContainText('“price” · row 4')
  await page.getByTestId('unreadable-as-missing').click()
  const told = page.getByTestId('unreadable-price')
  await expect(told).toContainText('2 cells are not a number (rows 4, 18): “see note”, “about 5”')
  const cell = page.getByTestId('row-preview').locator('tbody tr').nth(3).locator('td').nth(1)
  await expect(cell).toHaveClass(/unreadable/)
  await page.getByTestId('rows-scroll').evaluate((box) => (box.scrollTop = 20 * 26))
  await expect(page.getByTestId('row-22').locator('td').nth(1)).toHaveText('missing')
  await page.getByTestId('rows-scroll').evaluate((box) => (box.scrollTop = 0))
  await untilReady(page)
  await pictures(lab, 'unreadable-cells')
  await page.getByTestId('unreadable-choice-price').selectOption('error')
  await expect(help).toBeVisible()
  await page.getByTestId('unreadable-as-text').click()
  await expect(help).toBeHidden()
  await expect(page.getByTestId('unreadable-cells')).toBeHidden()
  expect(lab.errors).toEqual([])
})

test('files of other formats are opened like CSV', async ({ lab }) => {
  test.setTimeout(90_000)
  const { page } = lab
  const tables = path.resolve(import.meta.dirname, '../fixtures/tables')
  const facts = page.getByTestId('file-facts')
  const folder = await newFolder()
  const records = path.join(folder, 'records.json')
  await fs.writeFile(
    records,
    JSON.stringify(Array.from({ length: 40 }, (_, i) => ({ x: i, y: i % 3 ? 'a' : 'b', ok: i % 2 === 0 }))),
  )
  await openTable(lab, records)
  await untilReady(page)
  await expect(facts).toContainText('40 rows · 3 columns')
  await expect(page.getByTestId('type-ok')).toHaveValue('boolean')
  await page.getByTestId('reading-options').click()
  await expect(page.getByTestId('found-format')).toHaveText('Found: JSON')
  await expect(page.getByTestId('csv-delimiter')).toBeHidden()

  for (const [name, text] of [
    ['types.parquet', '3 rows · 11 columns'],
    ['packed.csv.gz', '3 rows · 2 columns'],
  ] as const) {
    await lab.answerOpenDialog(path.join(tables, name))
    await lab.menu('open')
    await expect(page.getByTestId('panel-data').locator('h1')).toHaveText(name)
    await expect(facts).toContainText(text)
  }
  expect(lab.errors).toEqual([])
})

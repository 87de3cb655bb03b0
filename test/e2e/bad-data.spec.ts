import fs from 'node:fs/promises'
import path from 'node:path'
import { zipSync } from 'fflate'
import { expect, test } from './lab'
import { choose, goTo, newFolder, openTable, picture, untilReady } from './steps'

const fixtures = path.resolve(import.meta.dirname, '../fixtures')
const animals = path.join(fixtures, 'handmade/animals.csv')
const cafe = path.join(fixtures, 'handmade/cafe.csv')

/** What a spreadsheet saves when it is not asked for CSV. */
const workbook = zipSync({ 'xl/sheet1.xml': new TextEncoder().encode('<sheetData/>'.repeat(50)) })

const rows = (count: number, row: (i: number) => string) => Array.from({ length: count }, (_, i) => row(i))
const table = (head: string, lines: readonly string[]) => `${[head, ...lines].join('\n')}\n`

test('a file that is no table shows its help page, and a good one opens afterwards', async ({ lab }) => {
  test.setTimeout(90_000)
  const { page } = lab
  const folder = await newFolder()
  const file = path.join(folder, 'bad.csv')
  const dialog = page.getByTestId('problem-dialog')
  const cases: readonly (readonly [string | Uint8Array | null, string])[] = [
    [null, 'file-missing'],
    ['', 'file-empty'],
    [table('only', ['1', '2', '3']), 'one-column'],
    [table('a,b,kind', ['1,2,x', '3,4', '5,6,7,y', '8,9,x']), 'ragged-rows'],
    [workbook, 'spreadsheet-file'],
    [table('a,b,c', []), 'no-rows'],
  ]
  for (const [text, code] of cases) {
    await fs.rm(file, { force: true })
    if (text !== null) await fs.writeFile(file, text)
    await openTable(lab, file)
    const help = dialog.getByTestId(`help-${code}`)
    await expect(help).toContainText('bad.csv')
    await expect(help).toContainText('What next')
    if (code === 'ragged-rows') {
      await expect(help).toContainText(/row 2/i)
      await picture(lab, 'help-ragged-rows')
    }
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(page.getByTestId('panel-welcome')).toBeVisible()
  }
  await openTable(lab, animals)
  await untilReady(page)
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

test('a target that cannot be learnt is told in Data and Train, and undone', async ({ lab }) => {
  const { page } = lab
  const folder = await newFolder()
  const file = path.join(folder, 'one-class.csv')
  const lines = rows(60, (i) => `${i},${(i * 7) % 13},always,${i % 2 ? 'yes' : 'no'}`)
  await fs.writeFile(file, table('a,b,same,answer', lines))
  await openTable(lab, file)
  await untilReady(page)
  await page.getByTestId('role-same').selectOption('target')
  await expect(page.getByTestId('help-one-class')).toContainText('same')
  await picture(lab, 'data-one-class')
  await goTo(page, 'train')
  await expect(page.getByTestId('start-problems').getByTestId('help-one-class')).toBeVisible()
  await expect(page.getByTestId('start-run')).toBeDisabled()
  expect(await lab.menuEnabled('run')).toBe(false)
  await page.getByTestId('go-data').click()
  await page.getByRole('button', { name: /^Undo/ }).last().click()
  await expect(page.getByTestId('help-one-class')).toBeHidden()
  await goTo(page, 'train')
  await expect(page.getByTestId('start-run')).toBeEnabled()
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

test('words as the target of a regression are refused with the way on', async ({ lab }) => {
  const { page } = lab
  const folder = await newFolder()
  const file = path.join(folder, 'words.nabla.json')
  await fs.writeFile(
    path.join(folder, 'words.csv'),
    table(
      'a,b,note',
      rows(50, (i) => `${i},${i % 7},a remark about number ${i}`),
    ),
  )
  const data = { source: 'words.csv', columns: { note: { role: 'target' } } }
  const loss = { type: 'mean-squared-error' }
  await fs.writeFile(file, JSON.stringify({ nabla: 1, data, network: [{ type: 'output' }], loss }))
  await lab.openPath(file)
  const help = page.getByTestId('panel-data').getByRole('alert')
  await expect(help).toContainText('note')
  await expect(page.getByTestId('nav-data')).toContainText('1 problem')
  await page.getByTestId('role-b').selectOption('target')
  await expect(help).toBeHidden()
  await untilReady(page)

  await goTo(page, 'train')
  await choose(page, 'loss', 'huber')
  await goTo(page, 'data')
  await page.getByTestId('type-b').selectOption('category')
  await expect(
    page.getByTestId('nav-design').or(page.getByTestId('nav-data')).getByText('1 problem'),
  ).toBeVisible()
  await page.keyboard.press('Control+Z')
  await untilReady(page)
  await expect(page.getByTestId('nav-design')).not.toContainText('problem')
  await expect(page.getByTestId('nav-data')).not.toContainText('problem')
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

test('header, delimiter, decimal mark, types and roles describe the data anew, and are undone', async ({
  lab,
}) => {
  test.setTimeout(90_000)
  const { page } = lab
  await openTable(lab, animals)
  await untilReady(page)
  const facts = page.getByTestId('file-facts')
  const whole = await facts.innerText()
  const undone = async () => {
    await page.keyboard.press('Control+Z')
    await expect(facts).toHaveText(whole)
    await expect(page.getByTestId('panel-data').getByRole('alert')).toHaveCount(0)
  }
  const count = Number(/(\d+) row/.exec(whole)?.[1])

  await page.getByTestId('csv-header').click()
  await expect(facts).toContainText(`${count + 1} rows`)
  await expect(page.getByTestId('column-row-kind')).toHaveCount(0)
  await undone()
  await expect(page.getByTestId('column-row-kind')).toBeVisible()

  await choose(page, 'csv-delimiter', ';')
  await expect(page.getByTestId('help-one-column')).toBeVisible()
  await undone()

  await page.getByTestId('role-ear_cm').selectOption('ignore')
  await expect(facts).not.toHaveText(whole)
  await undone()
  const wide = Number(/(\d+) network/.exec(whole)?.[1])
  await page.getByTestId('type-tail_cm').selectOption('category')
  await expect
    .poll(async () => Number(/(\d+) network/.exec(await facts.innerText())?.[1]))
    .toBeGreaterThan(wide)
  await undone()
  await page.getByTestId('role-coat').selectOption('target')
  await expect(page.getByTestId('row-preview').locator('th.target')).toHaveText('coat')
  await undone()
  await expect(page.getByTestId('row-preview').locator('th.target')).toHaveText('kind')

  await lab.openPath(cafe)
  await expect(page.getByTestId('column-row-Außentemperatur')).toBeVisible()
  await untilReady(page)
  const type = page.getByTestId('type-Außentemperatur')
  await expect(type).toHaveValue('number')
  await expect(page.getByTestId('csv-decimal')).toContainText('Comma')
  await choose(page, 'csv-decimal', '.')
  await expect(type).not.toHaveValue('number')
  await page.keyboard.press('Control+Z')
  await expect(type).toHaveValue('number')
  await untilReady(page)

  // Read wrongly at first, the file's numbers are numbers as soon as the decimal mark is right.
  await choose(page, 'csv-decimal', '.')
  await expect(type).not.toHaveValue('number')
  await page.getByTestId('role-Stammgast').selectOption('ignore')
  await choose(page, 'csv-decimal', ',')
  await expect(type).toHaveValue('number')
  await expect(page.getByTestId('role-Außentemperatur')).toHaveValue('feature')
  await expect(page.getByTestId('role-Stammgast')).toHaveValue('ignore')
  await untilReady(page)
  expect(lab.errors).toEqual([])
})

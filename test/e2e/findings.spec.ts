import fs from 'node:fs/promises'
import path from 'node:path'
import { findingKey } from '../../core/data/findings/finding'
import { traps, type Trap } from '../unit/findings/traps'
import { expect, test } from './lab'
import { newFolder, openSample, pictures, untilReady } from './steps'

/** The trap as a file, and an experiment on it. */
async function write(
  folder: string,
  name: string,
  { cells, data }: Pick<Trap, 'cells' | 'data'>,
): Promise<string> {
  const names = Object.keys(cells)
  const quoted = (cell: string): string => (/[",]/.test(cell) ? `"${cell}"` : cell)
  const lines = Object.values(cells)[0]!.map((_, row) =>
    names.map((column) => quoted(cells[column]![row]!)).join(),
  )
  await fs.writeFile(path.join(folder, `${name}.csv`), [names.join(), ...lines, ''].join('\n'))
  const file = path.join(folder, `${name}.nabla.json`)
  const network = [{ type: 'dense', units: 4 }, { type: 'output' }]
  await fs.writeFile(file, JSON.stringify({ nabla: 1, data: { ...data, source: `${name}.csv` }, network }))
  return file
}

const fixable = traps.filter(({ fix }) => fix !== undefined)

test('every fix is applied with a click, told, and undone', async ({ lab }) => {
  test.setTimeout(240_000)
  const { page } = lab
  const folder = await newFolder()
  for (const [i, trap] of fixable.entries()) {
    await lab.openPath(await write(folder, `trap-${i}`, trap))
    const finding = page.getByTestId(`finding-${findingKey(trap.found)}`).first()
    await expect(finding, trap.name).toContainText(trap.found.came)
    await finding.getByTestId('fix').click()
    await expect(finding, trap.name).toBeHidden()
    await expect(
      page
        .getByTestId('toast')
        .filter({ hasText: `Done: ${trap.fix}` })
        .first(),
    ).toBeVisible()
    await untilReady(page)
    await page.keyboard.press('Control+Z')
    await expect(finding, trap.name).toBeVisible()
    await untilReady(page)
  }
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

test('findings are shown, ignored, taken back, and undone from their notice', async ({ lab }) => {
  test.setTimeout(90_000)
  const { page } = lab
  const folder = await newFolder()
  const by = (code: string): Trap => traps.find(({ found }) => found.code === code)!
  const cells = {
    customer: by('identifier').cells.customer!,
    ...by('outliers').cells,
    plain_copy: by('target-copy').cells.code!,
    town: by('look-alike-levels').cells.town!,
  }
  const columns = { kind: { role: 'target' } } as const
  await lab.openPath(await write(folder, 'traps', { cells, data: { columns } }))
  await expect(page.getByTestId('findings')).toContainText('1 problem, 3 warnings from')
  await expect(page.getByTestId('nav-data')).toContainText('4')
  await pictures(lab, 'data-findings')

  const outliers = page.getByTestId('finding-outliers:load')
  await outliers.getByTestId('show').click()
  await expect(page.getByTestId('column-profile')).toContainText('load')
  await expect(page.getByTestId('row-preview')).toContainText('1 of 120 rows')
  await expect(page.getByTestId('row-10')).toContainText('8000')
  await page.getByTestId('row-filter').click()
  await expect(page.getByTestId('row-preview').locator('h2 + span')).toHaveText('120 rows')

  await outliers.getByTestId('ignore').click()
  await expect(outliers).toBeHidden()
  await expect(page.getByTestId('findings')).toContainText('1 problem, 2 warnings')
  await page.getByTestId('show-ignored').click()
  await expect(outliers).toBeVisible()
  await outliers.getByTestId('ignore').click()
  await expect(page.getByTestId('findings')).toContainText('1 problem, 3 warnings')

  const copy = page.getByTestId('finding-target-copy:plain_copy')
  await copy.getByTestId('fix').click()
  await expect(copy).toBeHidden()
  await page.getByTestId('toast-action').last().click()
  await expect(copy).toBeVisible()
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

test('the guard speaks beside an error, and what its fixes decided is seen and taken back', async ({
  lab,
}) => {
  test.setTimeout(90_000)
  const { page } = lab
  const folder = await newFolder()
  const by = (code: string): Trap => traps.find(({ found }) => found.code === code)!
  const cells = { ...by('mixed-units').cells, town: by('look-alike-levels').cells.town! }
  const columns = { kind: { role: 'target' }, mass: { role: 'feature', type: 'number' } } as const
  await lab.openPath(await write(folder, 'stuck', { cells, data: { columns } }))
  await expect(page.getByTestId('help-not-a-number')).toBeVisible()
  const units = page.getByTestId('finding-mixed-units:mass')
  await expect(units).toContainText('kg in 90 cells, g in 30 cells')
  await pictures(lab, 'data-stuck')
  await units.getByTestId('fix').click()
  await untilReady(page)
  await expect(page.getByTestId('help-not-a-number')).toBeHidden()
  await page.getByTestId('finding-look-alike-levels:town').getByTestId('fix').click()

  const rule = page.getByTestId('rule-town-replace')
  await expect(rule).toContainText('“bonn” is “Bonn”')
  await expect(page.getByTestId('rule-mass-units')).toContainText('without their unit: g, kg')
  await rule.scrollIntoViewIfNeeded()
  await pictures(lab, 'data-rules')
  await rule.getByTestId('take-back-rule').click()
  await expect(rule).toBeHidden()
  await expect(page.getByTestId('finding-look-alike-levels:town')).toBeVisible()
  await page.keyboard.press('Control+Z')
  await expect(rule).toBeVisible()

  await page.getByTestId('select').click()
  await page.getByTestId('select-inputs').fill('2')
  await untilReady(page)
  await page.getByTestId('contradictions').click()
  await untilReady(page)
  await page.getByTestId('type-width').selectOption('identifier')
  await expect(page.getByTestId('role-width')).toHaveValue('ignore')
  await untilReady(page)
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

test('a column is profiled, and its bars filter the rows', async ({ lab }) => {
  const { page } = lab
  await openSample(page, 'penguins')
  await expect(page.getByTestId('no-findings')).toContainText(/No traps found: \d+ checks/)
  await page.getByTestId('select-flipper_length_mm').click()
  const profile = page.getByTestId('column-profile')
  // As pandas describes the sample.
  await expect(profile.getByTestId('profile-Median')).toHaveText('197')
  await expect(profile.getByTestId('profile-Mean')).toHaveText('200.92')
  await expect(profile).toContainText('Correlation ratio η')
  await pictures(lab, 'data-profile')

  await page.getByTestId('order-information').click()
  const names = page.getByTestId(/^column-row-/)
  await expect(names.first()).toContainText('flipper_length_mm')
  await profile.getByTestId('profile-missing').getByRole('button').click()
  await expect(page.getByTestId('row-preview')).toContainText('2 of 344 rows')
  await page.getByTestId('row-filter').click()
  await page.getByTestId('profile-chart').getByRole('button').first().click()
  await expect(page.getByTestId('row-filter')).toContainText('flipper_length_mm 172 to')
  await expect(page.getByTestId('row-preview')).toContainText(/1 of 344 rows/)
  await page.getByTestId('row-filter').click()

  await page.getByTestId('sort-body_mass_g').click()
  await page.getByTestId('sort-body_mass_g').click()
  await expect(page.getByTestId('rows-scroll').locator('tbody tr').first()).toContainText('6300')
  await page.getByTestId('find-rows').fill('torgersen')
  await expect(page.getByTestId('row-preview')).toContainText('52 of 344 rows')
  expect(lab.errors).toEqual([])
})

import fs from 'node:fs/promises'
import path from 'node:path'
import type { Lab } from './lab'
import { expect, test } from './lab'
import { choose, goTo, newFolder, untilReady } from './steps'

async function pictures(lab: Lab, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const)
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
    ] as const) {
      await lab.theme(theme)
      await lab.size(width, height)
      await lab.screenshot(name)
    }
  await lab.theme('light')
  await lab.size(1280, 800)
}

test('rules for cells are added, seen before they are applied, changed, and undone', async ({ lab }) => {
  test.setTimeout(90_000)
  const { page } = lab
  const folder = await newFolder()
  const rows = Array.from({ length: 60 }, (_, i) => {
    const mass = i % 3 === 0 ? `${i + 1} kg` : `${(i + 1) * 1000} g`
    return `${mass},${i === 7 ? 'bonn' : ['Bonn', 'Ulm'][i % 2]},${i === 5 ? 999 : 20 + (i % 40)},${i % 2 ? 'yes' : 'no'}`
  })
  const file = path.join(folder, 'crates.csv')
  await fs.writeFile(file, ['mass,town,age,late', ...rows, ''].join('\n'))
  await lab.openPath(file)
  await untilReady(page)
  await goTo(page, 'data')

  await page.getByTestId('select-mass').click()
  await page.getByTestId('column-rules').click()
  const preview = page.getByTestId('rule-preview')
  await expect(preview).toContainText('The rule says nothing yet.')
  await choose(page, 'rule-kind', 'units')
  await expect(page.getByTestId('rule-type')).toContainText('Number')
  await expect(page.getByTestId('rule-units-0-unit')).toHaveValue('g')
  await expect(preview.getByTestId('rule-changed')).toHaveText('60 of 60 rows are read otherwise.')
  await expect(preview).toContainText('1 kg')
  await pictures(lab, 'rule-units')
  // In kilograms instead of grams.
  await page.getByTestId('rule-units-0-times').fill('0.001')
  await page.getByTestId('rule-units-1-times').fill('1')
  await expect(preview.getByRole('row').nth(1)).toContainText('1 kg')
  await expect(preview.getByRole('row').nth(1).getByRole('cell').nth(2)).toHaveText('1')
  await page.getByTestId('rule-save').click()
  await untilReady(page)
  await expect(page.getByTestId('type-mass')).toHaveValue('number')
  const units = page.getByTestId('rule-mass-units')
  await expect(units).toContainText('numbers without their unit: g, kg')

  await page.getByTestId('new-rule').click()
  await choose(page, 'rule-column', 'age')
  await choose(page, 'rule-kind', 'within')
  await expect(page.getByTestId('rule-high')).toHaveValue('999')
  await page.getByTestId('rule-high').fill('120')
  await expect(preview.getByTestId('rule-changed')).toHaveText('1 of 60 rows is read otherwise.')
  await expect(preview).toContainText('1 missing cell, before 0.')
  await pictures(lab, 'rule-within')
  await page.getByTestId('rule-save').click()
  await untilReady(page)
  const within = page.getByTestId('rule-age-within')
  await expect(within).toContainText('numbers beyond 20 to 120 are missing')

  await within.getByTestId('change-rule').click()
  await page.getByTestId('rule-high').fill('50')
  await expect(preview.getByTestId('rule-changed')).toContainText('rows are read otherwise.')
  await page.getByTestId('rule-save').click()
  await expect(within).toContainText('numbers beyond 20 to 50 are missing')
  await page.getByTestId('toast-action').last().click()
  await expect(within).toContainText('numbers beyond 20 to 120 are missing')
  await page.keyboard.press('Control+Z')
  await expect(within).toBeHidden()
  await untilReady(page)

  await page.getByTestId('new-rule').click()
  await choose(page, 'rule-column', 'town')
  await expect(page.getByTestId('rule-pairs-0-from')).toHaveValue('bonn')
  await expect(page.getByTestId('rule-pairs-0-to')).toHaveValue('Bonn')
  await page.getByTestId('rule-pairs-add').click()
  await page.keyboard.type('Ulm')
  await expect(preview.getByTestId('rule-changed')).toHaveText('30 of 60 rows are read otherwise.')
  await pictures(lab, 'rule-replace')
  await page.getByTestId('rule-save').click()
  await expect(page.getByTestId('rule-town-replace')).toContainText('“bonn” is “Bonn”, “Ulm” is missing')
  await untilReady(page)
  await page.getByTestId('rule-town-replace').scrollIntoViewIfNeeded()
  await pictures(lab, 'rule-list')
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

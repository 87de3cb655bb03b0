import { createWriteStream } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { once } from 'node:events'
import { expect, test } from './lab'
import { newFolder } from './steps'

const rowCount = 1_000_000

/** A million rows of eight columns; the first says which row it is. */
async function writeBig(file: string): Promise<void> {
  const out = createWriteStream(file)
  out.write('place,a,b,c,d,e,town,kind\n')
  let text = ''
  for (let row = 1; row <= rowCount; row++) {
    const x = Math.imul(row, 2654435761) >>> 8
    text += `${row},${x % 997},${(x >> 3) % 31},${(x % 4093) / 8},${row % 17},${(x >> 5) % 101},t${x % 40},${x % 3 ? 'yes' : 'no'}\n`
    if (row % 20_000 === 0) {
      if (!out.write(text)) await once(out, 'drain')
      text = ''
    }
  }
  out.end()
  await once(out, 'close')
}

test('a million rows are scrolled without a long frame, sorted and found', async ({ lab }) => {
  test.setTimeout(300_000)
  const { page } = lab
  const folder = await newFolder()
  const file = path.join(folder, 'big.csv')
  await writeBig(file)
  await lab.openPath(file)
  const box = page.getByTestId('rows-scroll')
  await expect(page.getByTestId('row-1')).toBeVisible({ timeout: 120_000 })
  await expect(page.getByTestId('profile-chart')).toBeVisible({ timeout: 120_000 })
  await expect(box).toHaveAttribute('aria-rowcount', String(rowCount + 1))

  await box.focus()
  await page.keyboard.press('End')
  await expect(page.getByTestId(`row-${rowCount}`)).toBeVisible()
  await page.keyboard.press('Home')
  await expect(page.getByTestId('row-1')).toBeVisible()

  // Our own work in each frame: what a script spends from the frame's start to where it is drawn.
  const frames = await box.evaluate(async (element) => {
    const spent: number[] = []
    const gaps: number[] = []
    let last = performance.now()
    for (let frame = 0; frame < 240; frame++) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      const start = performance.now()
      gaps.push(start - last)
      last = start
      element.scrollTop += frame < 120 ? 37 : 40_000
      element.dispatchEvent(new Event('scroll'))
      // The page's changes are made in a microtask, before the frame is drawn.
      await Promise.resolve().then(() => undefined)
      void element.getBoundingClientRect().height
      spent.push(performance.now() - start)
    }
    return { spent, gaps }
  })
  const sorted = (list: number[]): number[] => [...list].sort((a, b) => a - b)
  const at = (list: number[], share: number): string =>
    sorted(list)[Math.floor(share * (list.length - 1))]!.toFixed(1)
  console.log(
    `frames: work of ours median ${at(frames.spent, 0.5)} ms, 95 % ${at(frames.spent, 0.95)} ms, longest ${at(frames.spent, 1)} ms; ` +
      `from frame to frame median ${at(frames.gaps, 0.5)} ms, 95 % ${at(frames.gaps, 0.95)} ms, longest ${at(frames.gaps, 1)} ms`,
  )
  expect(Math.max(...frames.spent)).toBeLessThan(200)

  // What is in view is what the place says, after all that scrolling.
  await expect
    .poll(async () => {
      const first = await box.locator('tbody tr').first().locator('td').allInnerTexts()
      return first[0]?.replaceAll(',', '') === first[1] && first[0] !== ''
    })
    .toBe(true)

  await page.getByTestId('sort-place').click()
  await page.getByTestId('sort-place').click()
  await expect(box.locator('tbody tr').first()).toContainText('1,000,000', { timeout: 30_000 })
  await page.getByTestId('find-rows').fill('999999')
  await expect(page.getByTestId('row-preview')).toContainText('1 of 1,000,000 rows', { timeout: 60_000 })
  await expect(page.getByTestId('row-999999')).toBeVisible()
  await lab.screenshot('data-million')
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

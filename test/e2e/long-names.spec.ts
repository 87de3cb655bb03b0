import fs from 'node:fs/promises'
import path from 'node:path'
import { expect, test, type Lab } from './lab'
import { choose, goTo, newFolder, picture, setEpochs, untilEnded, openTable, untilReady } from './steps'

const columns = 60
const classes = 40
const rows = 1200

const long = (stem: string, i: number) =>
  `${stem}_${i}_with_a_name_that_somebody_made_of_everything_known_about_it_and_some_more_${'x'.repeat(40)}`

/** Many columns and classes, all of them with names that fit nowhere; the first columns tell the class. */
function longTable(): string {
  const head = [...Array.from({ length: columns - 1 }, (_, i) => long('measurement', i)), long('target', 0)]
  const lines = Array.from({ length: rows }, (_, row) => {
    const kind = row % classes
    const cells = Array.from(
      { length: columns - 1 },
      (_, i) => ((kind * (i + 3)) % 17) + ((row * 31 + i * 7) % 10) / 50,
    )
    return [...cells.map((cell) => cell.toFixed(2)), long('class', kind)].join(',')
  })
  return `${[head.join(','), ...lines].join('\n')}\n`
}

/** Nothing sticks out of the window, and nothing of it can be scrolled away. */
async function expectNoOverflow({ page }: Lab, where: string): Promise<void> {
  const size = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth - innerWidth,
    high: document.documentElement.scrollHeight - innerHeight,
    cut: [...document.querySelectorAll('table')]
      .filter((table) => {
        const card = table.closest('section')
        const scrolls = table.closest('[role=region], [role=grid]')
        return card && !scrolls && table.getBoundingClientRect().right > card.getBoundingClientRect().right
      })
      .map((table) => table.dataset['testid'] ?? 'a table'),
    out: [...document.querySelectorAll('button, select, input, h1, h2, h3, td, th, p, span')]
      .filter((element) => {
        const { right, width } = element.getBoundingClientRect()
        // What scrolls in a box of its own may be wider than the box.
        const boxed = element.closest('[role=region], .visually-hidden, [tabindex="0"]')
        return width > 0 && right > innerWidth + 1 && !boxed
      })
      .map((element) => element.outerHTML.slice(0, 160)),
  }))
  expect.soft(size, where).toEqual({ wide: 0, high: 0, cut: [], out: [] })
}

test('sixty columns and forty classes with very long names stay inside the window', async ({ lab }) => {
  test.setTimeout(120_000)
  const { page } = lab
  await lab.size(1280, 800)
  const folder = await newFolder()
  const file = path.join(folder, `${'a-very-long-file-name-'.repeat(8)}.csv`)
  await fs.writeFile(file, longTable())
  await openTable(lab, file)
  await untilReady(page)
  await expectNoOverflow(lab, 'data')
  await picture(lab, 'long-data')
  await goTo(page, 'design')
  await expectNoOverflow(lab, 'design')
  await picture(lab, 'long-design')
  await setEpochs(page, 15)
  await page.getByTestId('start-run').click()
  await untilEnded(page)
  await expectNoOverflow(lab, 'train')
  await picture(lab, 'long-train')
  await goTo(page, 'evaluate')
  await expect(page.getByTestId('confusion-matrix')).toBeVisible()
  await expectNoOverflow(lab, 'evaluate')
  await picture(lab, 'long-evaluate')
  await goTo(page, 'export')
  await expect(page.getByTestId('export-chart-confusion-matrix-test-png')).toBeVisible()
  await expectNoOverflow(lab, 'export')
  await picture(lab, 'long-export')
  await page.getByTestId('experiment-name').fill(`first/second: ${'a long story '.repeat(60)}`)
  await expectNoOverflow(lab, 'a long name')
  await setEpochs(page, 2)
  await lab.menu('cross-validate')
  await page.getByTestId('folds-count').fill('2')
  await choose(page, 'folds-kind', 'grouped')
  await expectNoOverflow(lab, 'a dialog')
  await picture(lab, 'long-folds-dialog')
  await page.getByTestId('start-series').click()
  await expect(page.getByTestId('series-status')).toHaveText('finished', { timeout: 60_000 })
  await expectNoOverflow(lab, 'a series')
  await picture(lab, 'long-series')
  await page.getByTestId('start-run').click()
  await untilEnded(page)
  await expectNoOverflow(lab, 'two runs')
  await picture(lab, 'long-run-bar')
  await lab.answerSaveDialog(path.join(folder, 'e.nabla.json'))
  await page.keyboard.press('Control+S')
  await expect(page.getByTestId('unsaved')).toBeHidden()
  await expect(page.getByTestId('problem-dialog')).toBeHidden()
  await page.getByTestId('close-experiment').click()
  await expectNoOverflow(lab, 'welcome')
  await picture(lab, 'long-welcome')
  expect(lab.errors).toEqual([])
  await fs.rm(folder, { recursive: true })
})

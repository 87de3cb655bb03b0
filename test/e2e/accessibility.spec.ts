import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Lab } from './lab'
import { goTo, openSample, setEpochs, untilEnded } from './steps'

/** What keeps people out, in a form that names the place. */
async function violations({ page }: Lab): Promise<string[]> {
  // Legacy mode, as the other needs a second page, which Electron does not open.
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
    )
}

/** In both themes, as each has its own contrasts. */
async function expectNone(lab: Lab, where: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await lab.theme(theme)
    // Colours fade from one theme into the other; contrast is that of the end.
    await lab.page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)))
    expect.soft(await violations(lab), `${where}, ${theme}`).toEqual([])
  }
}

test('no panel keeps anybody out, light or dark', async ({ lab }) => {
  test.setTimeout(180_000)
  const { page } = lab
  await lab.size(1280, 800)
  await expectNone(lab, 'welcome')
  await lab.openPath(path.join(lab.userData, 'missing.csv'))
  await expect(page.getByTestId('problem-dialog')).toBeVisible()
  await expectNone(lab, 'help page')
  await page.keyboard.press('Escape')

  await openSample(page, 'penguins')
  await expectNone(lab, 'data')
  await goTo(page, 'design')
  await expectNone(lab, 'design')
  await goTo(page, 'evaluate')
  await expectNone(lab, 'evaluate, empty')
  await goTo(page, 'export')
  await expectNone(lab, 'export, empty')
  await setEpochs(page, 30)
  await expectNone(lab, 'train, ready')
  await page.getByTestId('start-run').click()
  await untilEnded(page)
  await expectNone(lab, 'train, finished')
  await page.getByTestId('loss-chart-as-table').click()
  await expectNone(lab, 'train, table')
  await lab.menu('cross-validate')
  await expectNone(lab, 'cross-validation, asked')
  await page.getByTestId('start-series').click()
  await expect(page.getByTestId('series-status')).toHaveText('finished')
  await expectNone(lab, 'cross-validation, finished')
  await lab.menu('find-rate')
  await expect(page.getByTestId('rate-again')).toBeEnabled()
  await expectNone(lab, 'rate finder')
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('rate-finder')).toBeHidden()
  await goTo(page, 'evaluate')
  await expect(page.getByTestId('confusion-matrix')).toBeVisible()
  await expectNone(lab, 'evaluate')
  await goTo(page, 'export')
  await expect(page.getByTestId('export-chart-confusion-matrix-test-png')).toBeVisible()
  await expectNone(lab, 'export')
})

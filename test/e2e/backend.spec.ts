import { expect, launchLab, test } from './lab'
import { fingerprintOf, goTo, openSample, picture, setEpochs, untilEnded } from './steps'

test('a run says what computed it, and the same bits everywhere are one switch away, for good', async ({
  lab,
}) => {
  test.setTimeout(120_000)
  const { page } = lab
  await openSample(page, 'digits')
  await setEpochs(page, 3)
  const sameBits = page.getByTestId('training-sameBits')
  await expect(sameBits).toHaveAttribute('aria-checked', 'false')
  await page.getByTestId('start-run').click()
  await untilEnded(page)
  await expect(page.getByTestId('run-backend')).toHaveText(/^(native|wasm)$/)
  await sameBits.click()
  await expect(sameBits).toHaveAttribute('aria-checked', 'true')
  for (const title of ['Run 2', 'Run 3']) {
    await page.getByTestId('start-run').click()
    await expect(page.getByTestId('run-list')).toContainText(title)
    await untilEnded(page)
    await expect(page.getByTestId('run-backend')).toHaveText('wasm')
  }
  const fingerprint = await fingerprintOf(page, 'Run 2')
  expect(fingerprint).toHaveLength(64)
  expect(await fingerprintOf(page, 'Run 3')).toBe(fingerprint)
  await picture(lab, 'train-computed-by')
  expect(lab.errors).toEqual([])

  await lab.close()
  const again = await launchLab({ userData: lab.userData })
  try {
    await openSample(again.page, 'iris')
    await goTo(again.page, 'train')
    await expect(again.page.getByTestId('training-sameBits')).toHaveAttribute('aria-checked', 'true')
  } finally {
    await again.close()
  }
})

import selftest from '../../core/node/selftest/selftest.json' with { type: 'json' }
import { expect, test } from './lab'
import { picture } from './steps'

test('the self-test gives the bits of this version in the process where the app trains', async ({ lab }) => {
  test.setTimeout(90_000)
  await lab.menu('self-test')
  await expect(lab.page.getByTestId('self-test-hash')).toHaveText(selftest.hash, { timeout: 60_000 })
  await expect(lab.page.getByTestId('self-test-verdict')).toContainText('The same bits')
  await picture(lab, 'self-test')
  await lab.page.getByTestId('self-test-close').click()
  await expect(lab.page.getByTestId('self-test')).toBeHidden()
  expect(lab.errors).toEqual([])
})

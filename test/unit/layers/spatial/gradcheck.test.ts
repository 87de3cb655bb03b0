import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { nabla } from '../../cli/run-in-test'

it('nabla gradcheck passes a convolutional net on images that are blank at their edges', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nabla-spatial-'))
  try {
    const pixel = { role: 'feature', type: 'number', scale: 'min-max' }
    const names = Array.from({ length: 64 }, (_, i) => `pixel_${i >> 3}_${i & 7}`)
    const experiment = {
      nabla: 1,
      data: {
        source: 'sample:digits',
        columns: {
          ...Object.fromEntries(names.map((name) => [name, pixel])),
          label: { role: 'target', type: 'category' },
        },
      },
      network: [
        { type: 'reshape', shape: [8, 8, 1] },
        { type: 'conv2d', filters: 8, padding: 'same' },
        { type: 'relu' },
        { type: 'max-pool2d' },
        { type: 'conv2d', filters: 8 },
        { type: 'relu' },
        { type: 'flatten' },
        { type: 'output' },
      ],
    }
    writeFileSync(join(folder, 'digits.json'), JSON.stringify(experiment))
    const answer = await nabla({ folder }, 'gradcheck', 'digits.json', '--rows', '8', '--samples', '8')
    expect(answer.out).toContain('passed')
    // The biases begin at 0, so that over blank paper the units of the first layer rest on the kink of ReLU.
    expect(answer.out).toMatch(/2\.conv2d\.bias .*kink: /)
    expect(answer.out).toMatch(/ (\d+) skipped, as the loss has a kink there/)
    expect(answer.out).not.toMatch(/\.weights .*kink: /)
    expect(answer.code).toBe(0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

import { describe, expect, it } from 'vitest'
import { fitBounds, SMALLEST } from '../../../electron/main/window-bounds'

const laptop = { x: 0, y: 0, width: 1440, height: 900 }
const beside = { x: 1440, y: 0, width: 1920, height: 1080 }

describe('where the window goes', () => {
  it('is the middle of the first display when nothing is remembered', () => {
    expect(fitBounds(null, [laptop, beside])).toEqual({ x: 80, y: 30, width: 1280, height: 840 })
  })

  it('is where it was, on whichever display that is', () => {
    const saved = { x: 1600, y: 50, width: 1200, height: 800 }
    expect(fitBounds(saved, [laptop, beside])).toEqual(saved)
  })

  it('is the first display when the other one is gone', () => {
    const { x, y } = fitBounds({ x: 1600, y: 50, width: 1200, height: 800 }, [laptop])
    expect({ x, y }).toEqual({ x: 120, y: 50 })
  })

  it.each([
    { x: 5, y: -300, width: 1200, height: 800 },
    { x: -1190, y: 10, width: 1200, height: 800 },
    { x: 100, y: 890, width: 1200, height: 800 },
  ])('is the middle again when its title bar could not be grasped: $x, $y', (saved) => {
    expect(fitBounds(saved, [laptop])).toEqual({ x: 120, y: 50, width: 1200, height: 800 })
  })

  it('is never smaller than it can be used, never larger than its display', () => {
    expect(fitBounds({ x: 0, y: 0, width: 10, height: 10 }, [laptop])).toMatchObject(SMALLEST)
    expect(fitBounds({ x: 0, y: 0, width: 9000, height: 9000 }, [laptop])).toEqual(laptop)
  })
})

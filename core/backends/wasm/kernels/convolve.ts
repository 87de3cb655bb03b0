import { finish } from './dense'
import { packB, PANEL } from './gemm-pack'
import { multiplyBlock } from './gemm-packed'
import { clear, cover, Covering, foldWindows, spreadWindows, tapsOf, uncover } from './patches'
import { bytes } from './view'

/** How a convolution's windows lie, and what it needs beyond that, as further words in this order. */
@unmanaged
class Convolution extends Covering {
  filters: i32 = 0
  /** Windows that are spread out at a time. */
  chunk: i32 = 0
  /** Where there is room for a tile, and for panels. */
  corner: usize = 0
  panels: usize = 0
}

/** (x, weights [taps, filters], bias [filters] or 0 and the activation after it) -> y [n, rows, columns, filters]; every sum in the order of taps. */
export function convolve(
  x: usize,
  weights: usize,
  bias: usize,
  activation: i32,
  y: usize,
  view: usize,
): void {
  const w = changetype<Convolution>(view)
  const taps = tapsOf(w)
  const filters = w.filters
  const row = bytes(filters)
  packB(weights, row, 4, taps, filters, w.panels)
  for (let image = 0; image < w.n; image++) {
    const covered = cover(x, w)
    for (let from = 0; from < w.rows * w.columns; from += w.chunk) {
      const count = min(w.chunk, w.rows * w.columns - from)
      spreadWindows(covered, from, count, w.spread, w)
      multiplyBlock(
        w.spread,
        bytes(taps),
        4,
        w.panels,
        64,
        bytes(taps * PANEL),
        y,
        row,
        count,
        taps,
        filters,
        true,
        w.corner,
      )
      if (bias != 0) finish(y, bias, count, filters, row, activation)
      y += <usize>count * row
    }
    x += bytes(w.height * w.width * w.c)
  }
}

/**
 * (x, y [n, rows, columns, filters]) -> taps `first` to `first + count` of [taps, filters]: each window's numbers times
 * what became of it, added up window by window.
 */
export function convolveWeights(
  x: usize,
  y: usize,
  weights: usize,
  first: i32,
  taps: i32,
  view: usize,
): void {
  const w = changetype<Convolution>(view)
  const row = bytes(w.filters)
  const all = bytes(tapsOf(w))
  let fresh = true
  for (let image = 0; image < w.n; image++) {
    const covered = cover(x, w)
    for (let from = 0; from < w.rows * w.columns; from += w.chunk) {
      const count = min(w.chunk, w.rows * w.columns - from)
      spreadWindows(covered, from, count, w.spread, w)
      const a = w.spread + bytes(first)
      multiplyBlock(a, 4, all, y, row, 64, weights, row, taps, count, w.filters, fresh, w.corner)
      fresh = false
      y += <usize>count * row
    }
    x += bytes(w.height * w.width * w.c)
  }
}

/** (y [n, rows, columns, filters], weights [taps, filters]) -> x: what each window gives back, added up window by window. */
export function convolveInput(y: usize, weights: usize, x: usize, view: usize): void {
  const w = changetype<Convolution>(view)
  const taps = tapsOf(w)
  const row = bytes(w.filters)
  packB(weights, 4, row, w.filters, taps, w.panels)
  for (let image = 0; image < w.n; image++) {
    clear(w)
    for (let from = 0; from < w.rows * w.columns; from += w.chunk) {
      const count = min(w.chunk, w.rows * w.columns - from)
      multiplyBlock(
        y,
        row,
        4,
        w.panels,
        64,
        bytes(w.filters * PANEL),
        w.spread,
        bytes(taps),
        count,
        w.filters,
        taps,
        true,
        w.corner,
      )
      foldWindows(w.spread, from, count, w)
      y += <usize>count * row
    }
    uncover(x, w)
    x += bytes(w.height * w.width * w.c)
  }
}

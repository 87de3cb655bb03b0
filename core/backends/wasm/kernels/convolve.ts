import { copyRow, fill } from './copy'
import { finish } from './dense'
import { packB, PANEL } from './gemm-pack'
import { multiplyBlock } from './gemm-packed'
import { addRow } from './rows'
import { bytes, Windows } from './view'

/** How a convolution's windows lie, and what it needs beyond that, as further words in this order. */
@unmanaged
class Convolution extends Windows {
  filters: i32 = 0
  /** Rows and columns that windows cover, those beyond the edge included. */
  coveredHeight: i32 = 0
  coveredWidth: i32 = 0
  /** Windows that are spread out at a time. */
  chunk: i32 = 0
  /** Where there is room for a tile, a covered image, a chunk of windows, and panels. */
  corner: usize = 0
  image: usize = 0
  spread: usize = 0
  panels: usize = 0
}

function tapsOf(w: Convolution): i32 {
  return w.kernelHeight * w.kernelWidth * w.c
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
      spreadWindows(covered, from, count, w)
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
      spreadWindows(covered, from, count, w)
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
    fill(w.image, 0, w.coveredHeight * w.coveredWidth * w.c)
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
      foldWindows(from, count, w)
      y += <usize>count * row
    }
    uncover(x, w)
    x += bytes(w.height * w.width * w.c)
  }
}

/** The image in its frame of zeros, so that no window reaches beyond the edge. */
function cover(x: usize, w: Convolution): usize {
  if (isWhole(w)) return x
  const c = w.c
  let target = w.image
  const count = min(w.width, w.coveredWidth - w.left)
  const right = w.coveredWidth - w.left - count
  for (let row = -w.above; row < w.coveredHeight - w.above; row++) {
    if (row < 0 || row >= w.height) fill(target, 0, w.coveredWidth * c)
    else {
      fill(target, 0, w.left * c)
      copyRow(x + bytes(row * w.width * c), target + bytes(w.left * c), count * c)
      if (right > 0) fill(target + bytes((w.left + count) * c), 0, right * c)
    }
    target += bytes(w.coveredWidth * c)
  }
  return w.image
}

/** True where windows cover the image as it is: it needs no frame, and its rows lie as those of a covered one. */
function isWhole(w: Convolution): bool {
  return w.above == 0 && w.left == 0 && w.coveredHeight <= w.height && w.coveredWidth == w.width
}

/** The image out of its frame; what no window covers is zero. */
function uncover(x: usize, w: Convolution): void {
  const c = w.c
  const count = min(w.width, w.coveredWidth - w.left)
  for (let row = 0; row < w.height; row++) {
    const from = w.image + bytes(((row + w.above) * w.coveredWidth + w.left) * c)
    if (row + w.above >= w.coveredHeight) fill(x, 0, w.width * c)
    else {
      copyRow(from, x, count * c)
      if (count < w.width) fill(x + bytes(count * c), 0, (w.width - count) * c)
    }
    x += bytes(w.width * c)
  }
}

/** Windows `from` to `from + count` of a covered image, each with its taps side by side. */
function spreadWindows(image: usize, from: i32, count: i32, w: Convolution): void {
  const line = bytes(w.coveredWidth * w.c)
  const joined = w.dilationX == 1
  const piece = joined ? w.kernelWidth * w.c : w.c
  const pieces = joined ? 1 : w.kernelWidth
  let target = w.spread
  let row = from / w.columns
  let column = from % w.columns
  for (let i = 0; i < count; i++) {
    let at = image + <usize>(row * w.strideY) * line + bytes(column * w.strideX * w.c)
    for (let y = 0; y < w.kernelHeight; y++) {
      let place = at
      for (let p = 0; p < pieces; p++) {
        if (piece <= 4) v128.store(target, v128.load(place))
        else copyAhead(place, target, piece)
        target += bytes(piece)
        place += bytes(w.dilationX * w.c)
      }
      at += <usize>w.dilationY * line
    }
    if (++column == w.columns) {
      column = 0
      row++
    }
  }
}

/** y[0 .. n) = x[0 .. n), and up to three numbers more, which what comes next writes over. */
function copyAhead(x: usize, y: usize, n: i32): void {
  while (n >= 16) {
    v128.store(y, v128.load(x))
    v128.store(y, v128.load(x, 16), 16)
    v128.store(y, v128.load(x, 32), 32)
    v128.store(y, v128.load(x, 48), 48)
    x += 64
    y += 64
    n -= 16
  }
  while (n > 0) {
    v128.store(y, v128.load(x))
    x += 16
    y += 16
    n -= 4
  }
}

/** What was spread out is added back where it came from. */
function foldWindows(from: i32, count: i32, w: Convolution): void {
  const line = bytes(w.coveredWidth * w.c)
  const joined = w.dilationX == 1
  const piece = joined ? w.kernelWidth * w.c : w.c
  const pieces = joined ? 1 : w.kernelWidth
  let source = w.spread
  let row = from / w.columns
  let column = from % w.columns
  for (let i = 0; i < count; i++) {
    let at = w.image + <usize>(row * w.strideY) * line + bytes(column * w.strideX * w.c)
    for (let y = 0; y < w.kernelHeight; y++) {
      let place = at
      for (let p = 0; p < pieces; p++) {
        addRow(source, place, piece)
        source += bytes(piece)
        place += bytes(w.dilationX * w.c)
      }
      at += <usize>w.dilationY * line
    }
    if (++column == w.columns) {
      column = 0
      row++
    }
  }
}

import { copyRow, fill } from './copy'
import { addRow } from './rows'
import { bytes, Windows } from './view'

/** How windows lie over images, and what spreading them out needs beyond that, as further words in this order. */
@unmanaged
export class Covering extends Windows {
  /** Rows and columns that windows cover, those beyond the edge included. */
  coveredHeight: i32 = 0
  coveredWidth: i32 = 0
  /** Where there is room for a covered image, and for some windows. */
  image: usize = 0
  spread: usize = 0
}

/** Numbers in one window. */
export function tapsOf(w: Covering): i32 {
  return w.kernelHeight * w.kernelWidth * w.c
}

/** x [n, height, width, c] -> y [n, rows, columns, kernelHeight, kernelWidth, c]; zeros beyond the edge. */
export function patches(x: usize, y: usize, view: usize): void {
  const w = changetype<Covering>(view)
  const windows = w.rows * w.columns
  const taps = tapsOf(w)
  for (let image = 1; image < w.n; image++) {
    spreadWindows(cover(x, w), 0, windows, y, w)
    x += bytes(w.height * w.width * w.c)
    y += bytes(windows * taps)
  }
  // Behind the last window may lie what is not ours.
  const covered = cover(x, w)
  spreadWindows(covered, 0, windows - 1, y, w)
  spreadWindows(covered, windows - 1, 1, w.spread, w)
  copyRow(w.spread, y + bytes((windows - 1) * taps), taps)
}

/** x [n, rows, columns, kernelHeight, kernelWidth, c] -> y [n, height, width, c], added up window by window. */
export function foldPatches(x: usize, y: usize, view: usize): void {
  const w = changetype<Covering>(view)
  const windows = w.rows * w.columns
  for (let image = 0; image < w.n; image++) {
    clear(w)
    foldWindows(x, 0, windows, w)
    uncover(y, w)
    x += bytes(windows * tapsOf(w))
    y += bytes(w.height * w.width * w.c)
  }
}

/** A covered image without anything in it. */
export function clear(w: Covering): void {
  fill(w.image, 0, w.coveredHeight * w.coveredWidth * w.c)
}

/** The image in its frame of zeros, so that no window reaches beyond the edge. */
export function cover(x: usize, w: Covering): usize {
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
function isWhole(w: Covering): bool {
  return w.above == 0 && w.left == 0 && w.coveredHeight <= w.height && w.coveredWidth == w.width
}

/** The image out of its frame; what no window covers is zero. */
export function uncover(x: usize, w: Covering): void {
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

/**
 * Windows `from` to `from + count` of a covered image, each with its taps side by side, and up to three numbers more behind
 * the last.
 */
export function spreadWindows(image: usize, from: i32, count: i32, target: usize, w: Covering): void {
  const line = bytes(w.coveredWidth * w.c)
  const joined = w.dilationX == 1
  const piece = joined ? w.kernelWidth * w.c : w.c
  const pieces = joined ? 1 : w.kernelWidth
  const window = bytes(tapsOf(w))
  const step = bytes(w.strideX * w.c)
  let row = from / w.columns
  let column = from % w.columns
  while (count > 0) {
    let at = image + <usize>(row * w.strideY) * line + <usize>column * step
    const end = target + <usize>min(count, w.columns - column) * window
    while (target < end) {
      if (joined && piece <= 4)
        spreadShort(at, target, w.kernelHeight, <usize>w.dilationY * line, bytes(piece))
      else spreadWindow(at, target, piece, pieces, w)
      target += window
      at += step
    }
    count -= w.columns - column
    column = 0
    row++
  }
}

/** A window whose rows are at most four numbers. */
function spreadShort(at: usize, target: usize, rows: i32, line: usize, piece: usize): void {
  for (; rows > 0; rows--) {
    v128.store(target, v128.load(at))
    target += piece
    at += line
  }
}

/** A window whose rows are so many pieces. */
function spreadWindow(at: usize, target: usize, piece: i32, pieces: i32, w: Covering): void {
  for (let y = 0; y < w.kernelHeight; y++) {
    let place = at
    for (let p = 0; p < pieces; p++) {
      copyAhead(place, target, piece)
      target += bytes(piece)
      place += bytes(w.dilationX * w.c)
    }
    at += bytes(w.dilationY * w.coveredWidth * w.c)
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

/** Windows `from` to `from + count` that were spread out are added back where they came from. */
export function foldWindows(source: usize, from: i32, count: i32, w: Covering): void {
  const line = bytes(w.coveredWidth * w.c)
  const joined = w.dilationX == 1
  const piece = joined ? w.kernelWidth * w.c : w.c
  const pieces = joined ? 1 : w.kernelWidth
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

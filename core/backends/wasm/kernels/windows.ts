import { copyRow, fill } from './copy'
import { storeLanes } from './lanes'
import { addRow } from './rows'

/** How windows lie over an image [n, height, width, c], as i32 words in this order. */
@unmanaged
class Windows {
  n: i32 = 0
  height: i32 = 0
  width: i32 = 0
  c: i32 = 0
  rows: i32 = 0
  columns: i32 = 0
  kernelHeight: i32 = 0
  kernelWidth: i32 = 0
  strideY: i32 = 0
  strideX: i32 = 0
  dilationY: i32 = 0
  dilationX: i32 = 0
  above: i32 = 0
  left: i32 = 0
}

function bytes(elements: i32): usize {
  return (<usize>elements) << 2
}

/** The first number of a window that begins at `start` which is not before the image. */
function firstInside(start: i32, dilation: i32): i32 {
  return start >= 0 ? 0 : (dilation - 1 - start) / dilation
}

/** The first number of a window of `count` that begins at `start` which is behind an image of `size`. */
function firstBehind(start: i32, size: i32, count: i32, dilation: i32): i32 {
  return start >= size ? 0 : min(count, (size - start + dilation - 1) / dilation)
}

/** x [n, height, width, c] -> y [n, rows, columns, kernelHeight, kernelWidth, c]; zeros beyond the edge. */
export function patches(x: usize, y: usize, view: usize): void {
  const w = changetype<Windows>(view)
  const wide = bytes(w.kernelWidth * w.c)
  for (let image = 0; image < w.n; image++) {
    for (let row = 0; row < w.rows; row++)
      for (let column = 0; column < w.columns; column++) {
        const left = column * w.strideX - w.left
        let at = row * w.strideY - w.above
        for (let i = 0; i < w.kernelHeight; i++) {
          if (at >= 0 && at < w.height) readRow(x + bytes(at * w.width * w.c), y, left, w)
          else fill(y, 0, w.kernelWidth * w.c)
          at += w.dilationY
          y += wide
        }
      }
    x += bytes(w.height * w.width * w.c)
  }
}

/** One row of a window: y [kernelWidth, c] from the image's row x [width, c]. Without gaps it is one piece. */
function readRow(x: usize, y: usize, left: i32, w: Windows): void {
  const c = w.c
  const first = firstInside(left, w.dilationX)
  const end = max(first, firstBehind(left, w.width, w.kernelWidth, w.dilationX))
  if (first > 0) fill(y, 0, min(first, w.kernelWidth) * c)
  if (w.dilationX == 1) {
    if (end > first) copyRow(x + bytes((left + first) * c), y + bytes(first * c), (end - first) * c)
  } else {
    for (let j = first; j < end; j++) copyRow(x + bytes((left + j * w.dilationX) * c), y + bytes(j * c), c)
  }
  if (end < w.kernelWidth) fill(y + bytes(end * c), 0, (w.kernelWidth - end) * c)
}

/** x [n, rows, columns, kernelHeight, kernelWidth, c] -> y [n, height, width, c], added up window by window. */
export function foldPatches(x: usize, y: usize, view: usize): void {
  const w = changetype<Windows>(view)
  const wide = bytes(w.kernelWidth * w.c)
  fill(y, 0, w.n * w.height * w.width * w.c)
  for (let image = 0; image < w.n; image++) {
    for (let row = 0; row < w.rows; row++)
      for (let column = 0; column < w.columns; column++) {
        const left = column * w.strideX - w.left
        let at = row * w.strideY - w.above
        for (let i = 0; i < w.kernelHeight; i++) {
          if (at >= 0 && at < w.height) addBackRow(x, y + bytes(at * w.width * w.c), left, w)
          at += w.dilationY
          x += wide
        }
      }
    y += bytes(w.height * w.width * w.c)
  }
}

/** The image's row y [width, c] += one row of a window, x [kernelWidth, c]. */
function addBackRow(x: usize, y: usize, left: i32, w: Windows): void {
  const c = w.c
  const first = firstInside(left, w.dilationX)
  const end = firstBehind(left, w.width, w.kernelWidth, w.dilationX)
  if (w.dilationX == 1) {
    if (end > first) addRow(x + bytes(first * c), y + bytes((left + first) * c), (end - first) * c)
  } else {
    for (let j = first; j < end; j++) addRow(x + bytes(j * c), y + bytes((left + j * w.dilationX) * c), c)
  }
}

/**
 * Where the largest numbers of four channels lie in the window that begins at (top, left): bytes from the image's begin
 * x, of channel `channel` in each lane. The first of equals is taken, NaN before all; -1 when the window is beyond the edge.
 */
function largestPlaces(x: usize, channel: i32, top: i32, left: i32, w: Windows): v128 {
  const firstY = firstInside(top, w.dilationY)
  const endY = firstBehind(top, w.height, w.kernelHeight, w.dilationY)
  const firstX = firstInside(left, w.dilationX)
  const endX = firstBehind(left, w.width, w.kernelWidth, w.dilationX)
  let place = i32x4.splat(-1)
  if (endY <= firstY || endX <= firstX) return place
  const step = w.dilationX * w.c * 4
  const start = (left + firstX * w.dilationX) * w.c + channel
  let best = f32x4.splat(0)
  for (let i = firstY; i < endY; i++) {
    let offset = ((top + i * w.dilationY) * w.width * w.c + start) * 4
    for (let j = firstX; j < endX; j++) {
      const value = v128.load(x + offset)
      const larger = v128.or(f32x4.gt(value, best), f32x4.ne(value, value))
      const take = v128.or(larger, i32x4.lt_s(place, i32x4.splat(0)))
      best = v128.bitselect(value, best, take)
      place = v128.bitselect(i32x4.splat(offset), place, take)
      offset += step
    }
  }
  return place
}

/** (x, z [n, height, width, c]) -> y [n, rows, columns, c]: z where x is largest in each window. */
export function pickLargest(x: usize, z: usize, y: usize, view: usize): void {
  const w = changetype<Windows>(view)
  for (let image = 0; image < w.n; image++) {
    for (let row = 0; row < w.rows; row++)
      for (let column = 0; column < w.columns; column++) {
        const top = row * w.strideY - w.above
        const left = column * w.strideX - w.left
        for (let i = 0; i < w.c; i += 4) {
          const places = largestPlaces(x, i, top, left, w)
          storeLanes(y + bytes(i), read4(z, places), w.c - i)
        }
        y += bytes(w.c)
      }
    x += bytes(w.height * w.width * w.c)
    z += bytes(w.height * w.width * w.c)
  }
}

/** Lane l from place l and l numbers on; lanes beyond the last channel are read too, and dropped by the caller. */
function read4(z: usize, places: v128): v128 {
  if (i32x4.extract_lane(places, 0) < 0) return f32x4.splat(0)
  let v = f32x4.splat(load<f32>(z + i32x4.extract_lane(places, 0)))
  v = f32x4.replace_lane(v, 1, load<f32>(z + i32x4.extract_lane(places, 1), 4))
  v = f32x4.replace_lane(v, 2, load<f32>(z + i32x4.extract_lane(places, 2), 8))
  return f32x4.replace_lane(v, 3, load<f32>(z + i32x4.extract_lane(places, 3), 12))
}

/** (x [n, height, width, c], y [n, rows, columns, c]) -> z [n, height, width, c]: y added where x is largest. */
export function placeLargest(x: usize, y: usize, z: usize, view: usize): void {
  const w = changetype<Windows>(view)
  fill(z, 0, w.n * w.height * w.width * w.c)
  for (let image = 0; image < w.n; image++) {
    for (let row = 0; row < w.rows; row++)
      for (let column = 0; column < w.columns; column++) {
        const top = row * w.strideY - w.above
        const left = column * w.strideX - w.left
        for (let i = 0; i < w.c; i += 4) {
          const places = largestPlaces(x, i, top, left, w)
          if (i32x4.extract_lane(places, 0) >= 0) add4(z, places, y + bytes(i), w.c - i)
        }
        y += bytes(w.c)
      }
    x += bytes(w.height * w.width * w.c)
    z += bytes(w.height * w.width * w.c)
  }
}

/** y[l] is added to the number of z at place l, l numbers on, for the lanes below `count`. */
function add4(z: usize, places: v128, y: usize, count: i32): void {
  addAt(z + i32x4.extract_lane(places, 0), y)
  if (count > 1) addAt(z + i32x4.extract_lane(places, 1) + 4, y + 4)
  if (count > 2) addAt(z + i32x4.extract_lane(places, 2) + 8, y + 8)
  if (count > 3) addAt(z + i32x4.extract_lane(places, 3) + 12, y + 12)
}

function addAt(to: usize, from: usize): void {
  store<f32>(to, load<f32>(to) + load<f32>(from))
}

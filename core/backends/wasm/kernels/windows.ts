import { fill } from './copy'
import { storeLanes } from './lanes'
import { bytes, Windows } from './view'

/** The first number of a window that begins at `start` which is not before the image. */
function firstInside(start: i32, dilation: i32): i32 {
  if (start >= 0) return 0
  return dilation == 1 ? -start : (dilation - 1 - start) / dilation
}

/** The first number of a window of `count` that begins at `start` which is behind an image of `size`. */
function firstBehind(start: i32, size: i32, count: i32, dilation: i32): i32 {
  if (start >= size) return 0
  return min(count, dilation == 1 ? size - start : (size - start + dilation - 1) / dilation)
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
        if (x == z) largestOfWindow(x, y, top, left, w)
        else
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

/** The part of a window that lies in the image: its first number, and how many there are down and across. */
let inside: usize = 0
let down: i32 = 0
let across: i32 = 0

function findInside(x: usize, top: i32, left: i32, w: Windows): void {
  const firstY = firstInside(top, w.dilationY)
  const firstX = firstInside(left, w.dilationX)
  down = max(0, firstBehind(top, w.height, w.kernelHeight, w.dilationY) - firstY)
  across = max(0, firstBehind(left, w.width, w.kernelWidth, w.dilationX) - firstX)
  const start = (top + firstY * w.dilationY) * w.width + left + firstX * w.dilationX
  inside = x + bytes(start * w.c)
}

/** y [c] = the largest number of each channel in a window: the first of equals, NaN before all; 0 beyond the edge. */
function largestOfWindow(x: usize, y: usize, top: i32, left: i32, w: Windows): void {
  findInside(x, top, left, w)
  const c = w.c
  if (down == 0 || across == 0) return fill(y, 0, c)
  const line = bytes(w.dilationY * w.width * c)
  const step = bytes(w.dilationX * c)
  if (down == 2 && across == 2) return largestOfFour(inside, line, step, y, c)
  const height = down
  const wide = <usize>across * step
  let start = inside
  for (let i = 0; i < c; i += 4) {
    let best = v128.load(start)
    let at = start
    for (let row = 0; row < height; row++) {
      for (let place = at; place < at + wide; place += step) {
        const value = v128.load(place)
        const take = v128.or(f32x4.gt(value, best), f32x4.ne(value, value))
        best = v128.bitselect(value, best, take)
      }
      at += line
    }
    storeLanes(y, best, c - i)
    y += 16
    start += 16
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

/** `value` where it is larger than `best` or NaN, in each lane. */
function beats(value: v128, best: v128): v128 {
  return v128.or(f32x4.gt(value, best), f32x4.ne(value, value))
}

/** `largestOfWindow` of two rows of two, by far the most usual, without loops. */
function largestOfFour(x: usize, line: usize, step: usize, y: usize, c: i32): void {
  for (let i = 0; i < c; i += 4) {
    let best = v128.load(x)
    let value = v128.load(x + step)
    best = v128.bitselect(value, best, beats(value, best))
    value = v128.load(x + line)
    best = v128.bitselect(value, best, beats(value, best))
    value = v128.load(x + line + step)
    best = v128.bitselect(value, best, beats(value, best))
    storeLanes(y, best, c - i)
    y += 16
    x += 16
  }
}

/** `fillWindow` of two rows of two. Each place is where the last of its comparisons was won. */
function fillFour(x: usize, line: usize, step: usize, y: usize, z: usize, c: i32): void {
  for (let i = 0; i < c; i += 4) {
    const gradient = v128.load(y)
    const first = v128.load(x)
    let value = v128.load(x + step)
    const second = beats(value, first)
    let best = v128.bitselect(value, first, second)
    value = v128.load(x + line)
    const third = beats(value, best)
    best = v128.bitselect(value, best, third)
    value = v128.load(x + line + step)
    const fourth = beats(value, best)
    const below = v128.or(third, fourth)
    storeLanes(z, v128.andnot(gradient, v128.or(second, below)), c - i)
    storeLanes(z + step, v128.and(gradient, v128.andnot(second, below)), c - i)
    storeLanes(z + line, v128.and(gradient, v128.andnot(third, fourth)), c - i)
    storeLanes(z + line + step, v128.and(gradient, fourth), c - i)
    x += 16
    y += 16
    z += 16
  }
}

/** (x [n, height, width, c], y [n, rows, columns, c]) -> z [n, height, width, c]: y added where x is largest. */
export function placeLargest(x: usize, y: usize, z: usize, view: usize): void {
  const w = changetype<Windows>(view)
  const apart =
    w.dilationY == 1 && w.dilationX == 1 && w.strideY >= w.kernelHeight && w.strideX >= w.kernelWidth
  if (!(apart && fillsImage(w))) fill(z, 0, w.n * w.height * w.width * w.c)
  for (let image = 0; image < w.n; image++) {
    for (let row = 0; row < w.rows; row++)
      for (let column = 0; column < w.columns; column++) {
        const top = row * w.strideY - w.above
        const left = column * w.strideX - w.left
        if (apart) fillWindow(x, y, z, top, left, w)
        else
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

/** True where windows that lie apart leave no number of the image out. */
function fillsImage(w: Windows): bool {
  return (
    w.strideY == w.kernelHeight &&
    w.strideX == w.kernelWidth &&
    w.rows * w.strideY - w.above >= w.height &&
    w.columns * w.strideX - w.left >= w.width
  )
}

/** What a window that shares no number with another has in z: y [c] where x is largest, elsewhere 0. */
function fillWindow(x: usize, y: usize, z: usize, top: i32, left: i32, w: Windows): void {
  findInside(x, top, left, w)
  const c = w.c
  const height = down
  const wide = across
  const line = bytes(w.width * c)
  const step = bytes(c)
  const toZ = z - x
  let start = inside
  if (wide == 0) return
  if (height == 2 && wide == 2) return fillFour(start, line, step, y, start + toZ, c)
  for (let i = 0; i < c; i += 4) {
    let best = v128.load(start)
    let chosen = i32x4.splat(0)
    let number = 0
    let at = start
    for (let row = 0; row < height; row++) {
      let place = at
      for (let j = 0; j < wide; j++) {
        const value = v128.load(place)
        const take = v128.or(f32x4.gt(value, best), f32x4.ne(value, value))
        best = v128.bitselect(value, best, take)
        chosen = v128.bitselect(i32x4.splat(number), chosen, take)
        number++
        place += step
      }
      at += line
    }
    const gradient = v128.load(y)
    number = 0
    at = start + toZ
    for (let row = 0; row < height; row++) {
      let place = at
      for (let j = 0; j < wide; j++) {
        storeLanes(place, v128.and(gradient, i32x4.eq(chosen, i32x4.splat(number))), c - i)
        number++
        place += step
      }
      at += line
    }
    y += 16
    start += 16
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

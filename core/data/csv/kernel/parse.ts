// Records into numbers and codes.

import { afterLineBreak, boundCell, contentEnd, contentStart, isBlank, isLineBreak, nextRecord } from './cell'
import { codeOf, countMissing } from './dictionary'
import { readNumber, value } from './number'
import { addOddCell, clearOddCells } from './odd-cells'
import {
  decimal,
  delimiterAt,
  isMarker,
  kinds,
  markersFirst,
  NUMBER,
  openDecimal,
  width,
  WORDS,
} from './settings'
import { endText, makeOutput, output, text } from './text'

/** Cells of the record that `parse` stopped at. */
export let cellsFound: i32 = 0

/**
 * Reads a text of `rows` whole records into the output; `firstRow` is the number of the first. Tells how many rows were
 * read: fewer than `rows` where a record has not as many cells as there are columns, more where there are more records.
 */
export function parse(length: usize, rows: i32, firstRow: u32): i32 {
  const end = endText(length)
  makeOutput(<usize>width * <usize>rows)
  clearOddCells()
  let p = text
  let row = 0
  while (true) {
    p = nextRecord(p, end)
    if (p >= end) return row
    if (row == rows) return row + 1
    p = parseRecord(p, end, row, rows, firstRow)
    if (p == 0) return row
    p = afterLineBreak(p)
    row++
  }
}

/** Reads one record and tells where its line ends, or 0 where it is not as wide as the table. */
function parseRecord(p: usize, end: usize, row: i32, rows: i32, firstRow: u32): usize {
  const step = (<usize>rows) << 3
  let out = output + ((<usize>row) << 3)
  let codes = output + ((<usize>row) << 2)
  for (let column = 0; column < width; column++) {
    const kind = load<u8>(kinds + column)
    let q: usize = 0
    if (kind == NUMBER) {
      if (!markersFirst) q = readNumber(p, openDecimal)
      if (q != 0 && (delimiterAt(q) || isLineBreak(load<u8>(q)))) store<f64>(out, value)
      else {
        q = boundCell(p, end)
        if (q == 0) return 0
        store<f64>(out, settle(column, row))
      }
    } else {
      q = boundCell(p, end)
      if (q == 0) return 0
      if (kind == WORDS) store<u32>(codes, codeOf(column, contentStart, contentEnd, firstRow + row))
    }
    out += step
    codes += step
    const delimiter = delimiterAt(q)
    if ((delimiter == 0) != (column == width - 1)) return countCells(q, end, column + 1)
    p = q + delimiter
  }
  return p
}

/** The number of a cell, NaN for a missing one; what is neither, or needs more care than here, is noted as odd. */
function settle(column: i32, row: i32): f64 {
  let start = contentStart
  let end = contentEnd
  while (start < end && isBlank(load<u8>(start))) start++
  while (end > start && isBlank(load<u8>(end - 1))) end--
  const isMissing = start == end || (markersFirst && isMarker(start, end))
  if (!isMissing && readNumber(start, decimal) == end) return value
  if (isMissing || (!markersFirst && isMarker(start, end))) countMissing(column)
  else addOddCell(column, row, start, end)
  return NaN
}

/** Goes to the end of a record that is too short or too long. */
function countCells(p: usize, end: usize, cells: i32): usize {
  for (; p != 0 && !isLineBreak(load<u8>(p)); cells++) p = boundCell(p + delimiterAt(p), end)
  cellsFound = cells
  return 0
}

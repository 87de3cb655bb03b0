import { describe, expect, it } from 'vitest'
import { addWindows } from '../../../../core/graph/add-windows'
import { gradients } from '../../../../core/graph/autodiff'
import { Graph, type Tensor } from '../../../../core/graph/graph'
import { input, multiply, pad, slice, sum } from '../../../../core/graph/ops'
import { evaluate } from '../../graph/evaluate'

const windows = (starts: readonly (readonly number[])[], shape: number[], whole: number[]) => {
  const graph = new Graph()
  const parts = starts.map((_, i) => input(graph, `x${i}`, shape))
  const placed = parts.map((part, i) => pad(part, starts[i]!, whole))
  const feeds = Object.fromEntries(
    parts.map((_, i) => [
      `x${i}`,
      Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, j) => 10 * i + j + 1),
    ]),
  )
  return { graph, placed, feeds }
}

const opOf = (tensor: Tensor): string => tensor.graph.node(tensor.id).op

describe('windows placed in zeros', () => {
  it('are joined when they lie side by side, in either order', () => {
    const { graph, placed, feeds } = windows(
      [
        [0, 2],
        [0, 0],
      ],
      [2, 2],
      [2, 4],
    )
    const both = addWindows(placed[0]!, placed[1]!)
    expect(opOf(both)).toBe('concat')
    expect([...evaluate(graph, { both }, feeds).both]).toEqual([11, 12, 1, 2, 13, 14, 3, 4])
  })

  it('stay a window where they do not fill the whole', () => {
    const { graph, placed, feeds } = windows([[1], [2]], [1], [5])
    const both = addWindows(placed[0]!, placed[1]!)
    expect(opOf(both)).toBe('pad')
    expect([...evaluate(graph, { both }, feeds).both]).toEqual([0, 1, 11, 0, 0])
  })

  it.each([
    ['overlap', [[0], [1]], [2]],
    ['leave a gap', [[0], [3]], [1]],
    ['are the same', [[1], [1]], [2]],
  ])('are added when they %s', (_, starts, shape) => {
    const { graph, placed, feeds } = windows(starts, shape, [4])
    const both = addWindows(placed[0]!, placed[1]!)
    expect(opOf(both)).toBe('add')
    const wanted = [0, 0, 0, 0]
    starts.forEach(([start], i) => {
      for (let j = 0; j < shape[0]!; j++) wanted[start! + j]! += 10 * i + j + 1
    })
    expect([...evaluate(graph, { both }, feeds).both]).toEqual(wanted)
  })

  it('are added when they lie across each other', () => {
    const { graph, placed, feeds } = windows(
      [
        [0, 1],
        [1, 0],
      ],
      [1, 1],
      [2, 2],
    )
    const both = addWindows(placed[0]!, placed[1]!)
    expect([...evaluate(graph, { both }, feeds).both]).toEqual([0, 1, 11, 0])
  })

  it('make the gradient of many slices one concat', () => {
    const graph = new Graph()
    const x = input(graph, 'x', [6, 2])
    const parts = [0, 1, 2].map((i) => multiply(slice(x, [2 * i, 0], [2, 2]), i + 1))
    const total = sum(parts.reduce((a, b) => multiply(a, b)))
    const [gradient] = gradients(total, [x])
    expect(opOf(gradient!)).toBe('concat')
    expect(graph.node(gradient!.id).inputs).toHaveLength(3)
    const { gradient: values } = evaluate(
      graph,
      { gradient: gradient! },
      { x: new Array<number>(12).fill(1) },
    )
    expect([...values]).toEqual(new Array<number>(12).fill(6))
  })
})

/// <reference path="./bundled.d.ts" />
import style from 'katex/dist/katex.min.css?raw'

/** KaTeX's fonts as data addresses; the bundler puts them into the program. */
const fonts = import.meta.glob<string>('../../../node_modules/katex/dist/fonts/*.woff2', {
  query: '?inline',
  import: 'default',
  eager: true,
})

/** KaTeX's style sheet with its fonts inside, so that a page needs nothing else. */
export function katexStyle(): string {
  const byName = new Map(Object.entries(fonts).map(([path, data]) => [path.split('/').at(-1), data]))
  return style.replace(/src:url\(fonts\/([^)]+\.woff2)\)[^;}]*/g, (_, name: string) => {
    const data = byName.get(name)
    if (!data) throw new Error(`the font ${name} is not in the program`)
    return `src:url(${data}) format("woff2")`
  })
}

/** What the bundler (vite) puts in place of these imports. */
declare module 'katex/dist/katex.min.css?raw' {
  const text: string
  export default text
}

interface ImportMeta {
  /** Files by path; with `?inline` each as a data address. */
  glob<T>(pattern: string, options: { query: '?inline'; import: 'default'; eager: true }): Record<string, T>
}

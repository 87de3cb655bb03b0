/** A peer's program as text, put into the bundle by the build. */
declare module '*.py?raw' {
  const text: string
  export default text
}
declare module '*.c?raw' {
  const text: string
  export default text
}
declare module '*.cjs?raw' {
  const text: string
  export default text
}

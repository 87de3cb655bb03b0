/** The look of the formula sheet, for screens light and dark, and for paper. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1b1b23; --soft: #51515d; --line: #d9d9e3; --accent: #5146d6; --warm: #d9780f; --paper: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececf2; --soft: #a9a9b8; --line: #3a3a47; --accent: #a09bea; --warm: #f0a24a; --paper: #17171d; } }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1.5rem; color: var(--ink); background: var(--paper); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
h1, h2, h3 { line-height: 1.2; } h2 { margin-top: 3rem; border-bottom: 2px solid var(--accent); } h3 code { font-size: .8em; color: var(--soft); font-weight: 400; }
a { color: var(--accent); } nav ul { padding-left: 1.2rem; }
article { border-bottom: 1px solid var(--line); padding: .5rem 0 1rem; break-inside: avoid; }
.formula { overflow-x: auto; overflow-y: hidden; } .source, figcaption { color: var(--soft); font-size: .875em; }
table { border-collapse: collapse; font-size: .9em; } th, td { text-align: left; padding: .2rem 1rem .2rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
figure { margin: 0 0 1rem; } svg { width: 15rem; max-width: 100%; border: 1px solid var(--line); } svg * { fill: none; vector-effect: non-scaling-stroke; }
.axis { stroke: var(--line); } .f { stroke: var(--accent); stroke-width: 2; } .slope { stroke: var(--warm); stroke-width: 2; stroke-dasharray: 5 4; }
`

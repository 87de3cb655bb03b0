import katex from 'katex'
import { fieldsOf, type FormField } from '../../catalog/form'
import type { Kind } from '../../catalog/kind'
import { readings } from '../../data/cells/rules/registry'
import { clips, encoders, fills, scales } from '../../data/preparing/registries'
import { initializers } from '../../initializers/registry'
import { layers } from '../../layers/registry'
import { losses } from '../../losses/registry'
import { metrics } from '../../metrics/registry'
import { optimizers } from '../../optimizers/registry'
import { schedules } from '../../schedules/registry'
import { activationCurve, isActivation } from './activation-curve'
import { curveSvg } from './curve-svg'
import { katexStyle } from './katex-style'
import { pageStyle } from './page-style'

interface Chapter {
  readonly title: string
  readonly kinds: readonly Kind[]
}

/** Every registry, so that a new kind is on the sheet by being there. */
export const chapters: readonly Chapter[] = [
  { title: 'Layers', kinds: layers.list },
  { title: 'Losses', kinds: losses.list },
  { title: 'Optimizers', kinds: optimizers.list },
  { title: 'Schedules', kinds: schedules.list },
  { title: 'Initializers', kinds: initializers.list },
  { title: 'Metrics', kinds: metrics.list },
  { title: 'Cells as written', kinds: readings.list },
  { title: 'Missing cells', kinds: fills.list },
  { title: 'Outliers', kinds: clips.list },
  { title: 'Encodings', kinds: encoders.list },
  { title: 'Scales', kinds: scales.list },
]

/** One HTML page with every kind's formula, settings, help and source. It needs no network. */
export function formulaSheet(version: string): string {
  const contents = chapters.map(
    ({ title, kinds }) =>
      `<li><a href="#${title}">${title}</a>: ${kinds.map((kind) => `<a href="#${idOf(title, kind)}">${escape(kind.label)}</a>`).join(' · ')}</li>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Nabla Lab: formula sheet</title>
<style>${katexStyle()}</style>
<style>${pageStyle}</style>
</head>
<body>
<h1>Formula sheet</h1>
<p>Every kind that Nabla Lab ${escape(version)} knows: its formula, its settings, and where it comes from.</p>
<nav><ul>${contents.join('')}</ul></nav>
${chapters.map(chapterHtml).join('\n')}
</body>
</html>
`
}

const idOf = (title: string, kind: Kind): string => `${title}-${kind.type}`

const chapterHtml = ({ title, kinds }: Chapter): string =>
  `<section><h2 id="${title}">${title}</h2>\n${kinds.map((kind) => kindHtml(title, kind)).join('\n')}</section>`

function kindHtml(title: string, kind: Kind): string {
  const layer = title === 'Layers' ? layers.get(kind.type) : undefined
  return `<article id="${idOf(title, kind)}">
<h3>${escape(kind.label)} <code>${escape(kind.type)}</code></h3>
<p>${escape(kind.help)}</p>
<div class="formula">${katex.renderToString(kind.formula, { displayMode: true, throwOnError: true })}</div>
${layer && isActivation(layer) ? `<figure>${curveSvg(activationCurve(layer), kind.label)}<figcaption>f solid, f′ dashed</figcaption></figure>` : ''}
${settingsHtml(fieldsOf(kind))}
<p class="source">${escape(kind.source)}</p>
</article>`
}

function settingsHtml(fields: readonly FormField[]): string {
  if (fields.length === 0) return ''
  const rows = fields.map(
    (field) =>
      `<tr><td><code>${escape(field.name)}</code></td><td>${escape(JSON.stringify(field.fallback) ?? 'required')}</td><td>${escape(field.help || field.label)}</td></tr>`,
  )
  return `<table><thead><tr><th>setting</th><th>default</th><th>meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

const escape = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')

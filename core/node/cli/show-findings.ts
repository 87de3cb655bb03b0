import { findingKey, severities, type Finding } from '../../data/findings/finding'
import { formatHelpPage } from '../../errors/lab-error'
import type { CliContext } from './context'
import { plural } from './words'

/** What the guard found, the gravest first, each with its evidence and its fix; what is taken as it is by name alone. */
export function showFindings(context: CliContext, findings: readonly Finding[], checks: number): void {
  const open = findings.filter(({ accepted }) => !accepted)
  for (const finding of open) {
    const columns = finding.columns.map((column) => `, column "${column}"`).join('')
    context.say(`${finding.severity}: ${finding.code}${columns}`)
    context.say(indent(formatHelpPage(finding)))
    if (finding.fix) context.say(`  fix       ${finding.fix.label}: --fix ${quoted(findingKey(finding))}`)
  }
  const accepted = findings.length - open.length
  context.say(`${summary(open)} (${plural(checks, 'check')}${accepted ? `; ${accepted} accepted` : ''}).`)
  context.say()
}

const indent = (text: string): string => text.replace(/^/gm, '  ')

const quoted = (key: string): string => (/^[\w:.-]+$/.test(key) ? key : `"${key}"`)

function summary(findings: readonly Finding[]): string {
  const counts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length
    return count ? [plural(count, severity)] : []
  })
  return counts.length ? `The guard found ${counts.join(', ')}` : 'No traps found'
}

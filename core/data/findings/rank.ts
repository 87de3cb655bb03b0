import { findingKey, severities, type Finding } from './finding'

/** The gravest first, and those marked that the experiment takes as they are. */
export function rankFindings(found: readonly Finding[], accepted: readonly string[] = []): Finding[] {
  const taken = new Set(accepted)
  return found
    .map((finding): Finding => (taken.has(findingKey(finding)) ? { ...finding, accepted: true } : finding))
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
}

import type { AlertView } from '#src/ops/alerts.actions.ts'
import type { Screen } from '../screen.ts'
import { ago, oneLine } from '../text.ts'

/** An alarm: what it is, since when, who sees to it, and what helps. */
export function alertLines(alert: AlertView, { paint }: Screen, now: Date): string[] {
  const { id, title, message, openedAt, resolvedAt, acknowledgedBy, cure, runbook } = alert
  const colour = resolvedAt !== null ? 'green' : alert.severity === 'critical' ? 'red' : 'yellow'
  const seen = acknowledgedBy === null ? '' : `, ${acknowledgedBy} sees to it`
  const over = resolvedAt === null ? '' : `, over since ${ago(resolvedAt, now)}`
  return [
    `${paint(colour, `${id}  ${title}`)} (${ago(openedAt, now)}${over}${seen})`,
    `   ${oneLine(message)}`,
    ...(resolvedAt === null ? [`   What helps: ${cure ?? ''}. More: ${runbook}`] : []),
  ]
}

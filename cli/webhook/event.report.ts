import type { Screen } from '../screen.ts'
import { oneLine } from '../text.ts'

type Event = {
  id: string
  door: string
  carrier: string | null
  type: string
  eventId: string | null
  isSigned: boolean
  sentAt: string | null
  receivedAt: string
  correlationId: string
  state: string
  attempts: number
  replays: number
  outcome: string | null
  error: string | null
  data: unknown
}

/** One webhook, line by line. */
export function detailLines(event: Event, screen: Screen): string[] {
  const facts: [string, string | null][] = [
    ['Type', event.type],
    ['From', event.carrier ?? event.door],
    ['Its own id', event.eventId],
    ['Signed', event.isSigned ? 'yes' : 'no'],
    ['Sent', event.sentAt],
    ['Received', event.receivedAt],
    ['State', `${event.state}, after ${event.attempts} tries and ${event.replays} replays`],
    ['Led to', event.outcome],
    ['Error', event.error],
    ['Correlation', event.correlationId],
  ]
  const told = facts.flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(12)}${oneLine(value)}`]))
  return [screen.paint('bold', `Webhook ${event.id}`), ...told, '', JSON.stringify(event.data, null, 2)]
}

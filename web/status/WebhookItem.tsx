import { Badge, Button, Text } from '@mantine/core'
import type { WebhookLine } from '../api.ts'
import { ago, countedAs } from '../ui/humane.rules.ts'
import { held } from '../ui/held.ts'
import { useReplay } from './queries.ts'

type Props = { webhook: WebhookLine; now: number; onOpen: () => void }

const colors: Record<string, string> = { processed: 'pine', waiting: 'yellow', failed: 'red', unknown: 'gray' }

export function WebhookItem({ webhook, now, onOpen }: Props) {
  const { id, type, door, carrier, state, outcome, error, receivedAt, replays, isSigned } = webhook
  const replay = useReplay()
  const more = [
    ago((now - Date.parse(receivedAt)) / 1000),
    carrier ?? doors[door] ?? door,
    isSigned ? '' : 'not signed',
    replays > 0 ? `replayed ${countedAs(replays, 'time')}` : '',
  ].filter((part) => part !== '')
  return (
    <li className="line" data-webhook={id}>
      <div className="line-what">
        <div className="line-name">
          <Text span fw={600} className="code">
            {type}
          </Text>
          <Badge color={colors[state] ?? 'gray'} variant="light" tt="none" radius="sm">
            {state}
          </Badge>
        </div>
        <Text size="sm" c="dimmed">
          {more.join(', ')}
        </Text>
        {(error ?? outcome) !== null && (
          <Text size="sm" className="words clamped" {...(error !== null && { c: 'var(--mantine-color-error)' })}>
            {error ?? outcome}
          </Text>
        )}
      </div>
      <div className="line-acts">
        {state !== 'unknown' && (
          <Button
            size="compact-sm"
            variant="light"
            aria-label={`Replay ${type} number ${id}`}
            {...held(replay.isPending, () => replay.mutate(id))}
          >
            Replay
          </Button>
        )}
        <Button size="compact-sm" variant="default" aria-label={`Show ${type} number ${id}`} onClick={onOpen}>
          Show
        </Button>
      </div>
    </li>
  )
}

const doors: Record<string, string> = {
  lightspeed: 'from Lightspeed',
  envelope: 'in an envelope',
  courier: 'from a courier',
}

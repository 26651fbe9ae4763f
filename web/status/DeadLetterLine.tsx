import { Button, Text } from '@mantine/core'
import type { DeadLetter } from '../api.ts'
import { ago, countedAs } from '../ui/humane.rules.ts'
import { held } from '../ui/held.ts'
import { useRetryLetter } from './queries.ts'

type Props = { letter: DeadLetter; now: number; onOpen: () => void }

export function DeadLetterLine({ letter, now, onOpen }: Props) {
  const { id, kind, error, attempts, failedAt, payload } = letter
  const retry = useRetryLetter()
  const name = kind ?? 'unknown'
  return (
    <li className="line" data-letter={id}>
      <div className="line-what">
        <Text span fw={600} className="code">
          {name}
        </Text>
        <Text size="sm" className="words clamped" c="var(--mantine-color-error)">
          {error}
        </Text>
        <Text size="sm" c="dimmed">
          {ago((now - Date.parse(failedAt)) / 1000)}, after {countedAs(attempts, 'try', 'tries')}{' '}
          <span className="code faint payload-hint">{JSON.stringify(payload)}</span>
        </Text>
      </div>
      <div className="line-acts">
        <Button
          size="compact-sm"
          variant="light"
          aria-label={`Retry ${name}`}
          {...held(retry.isPending, () => retry.mutate(id))}
        >
          Retry
        </Button>
        <Button size="compact-sm" variant="default" aria-label={`Look at ${name} and mend it`} onClick={onOpen}>
          Mend…
        </Button>
      </div>
    </li>
  )
}

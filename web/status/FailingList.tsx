import { Button, Text } from '@mantine/core'
import type { Failing } from '../api.ts'
import { ago, ahead, countedAs } from '../ui/humane.rules.ts'
import { held } from '../ui/held.ts'
import { Panel } from './Panel.tsx'
import { useRetryJob } from './queries.ts'

type Props = { failing: readonly Failing[]; now: number }

/** Jobs whose last try failed, and which will be tried again by themselves. */
export function FailingList({ failing, now }: Props) {
  return (
    <Panel id="failing" title="Failing, and tried again by itself">
      <ul className="lines">
        {failing.map((one) => (
          <FailingLine key={one.id} failing={one} now={now} />
        ))}
      </ul>
    </Panel>
  )
}

function FailingLine({ failing, now }: { failing: Failing; now: number }) {
  const { id, kind, error, failed, triesLeft, failedAt, dueAt } = failing
  const retry = useRetryJob()
  const since = failedAt === null ? '' : `, last ${ago((now - Date.parse(failedAt)) / 1000)}`
  const again = `tried again ${ahead((Date.parse(dueAt) - now) / 1000)}`
  return (
    <li className="line">
      <div className="line-what">
        <Text span fw={600} className="code">
          {kind}
        </Text>
        <Text size="sm" className="words clamped" c="var(--mantine-color-error)">
          {error}
        </Text>
        <Text size="sm" c="dimmed">
          failed {countedAs(failed, 'time')}
          {since}; {again}, {countedAs(triesLeft, 'try', 'tries')} left
        </Text>
      </div>
      <div className="line-acts">
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Try ${kind} now`}
          {...held(retry.isPending, () => retry.mutate(id))}
        >
          Try now
        </Button>
      </div>
    </li>
  )
}

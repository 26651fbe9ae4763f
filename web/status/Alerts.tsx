import { Badge, Button, Text } from '@mantine/core'
import type { Alert } from '../api.ts'
import { ago } from '../ui/humane.rules.ts'
import { held } from '../ui/held.ts'
import { Panel } from './Panel.tsx'
import { useAcknowledge } from './queries.ts'

type Props = { alerts: readonly Alert[]; now: number }

/** Alarms that are open, each with what helps; they end by themselves when their cause is gone. */
export function Alerts({ alerts, now }: Props) {
  return (
    <Panel id="alarms" title="Alarms">
      <ul className="lines">
        {alerts.map((alert) => (
          <AlertLine key={alert.id} alert={alert} now={now} />
        ))}
      </ul>
    </Panel>
  )
}

function AlertLine({ alert, now }: { alert: Alert; now: number }) {
  const { id, title, message, cure, severity, openedAt, acknowledgedAt, acknowledgedBy } = alert
  const acknowledge = useAcknowledge()
  const since = (time: string) => ago((now - Date.parse(time)) / 1000)
  return (
    <li className="line" data-alert={id}>
      <div className="line-what">
        <div className="line-name">
          <Text span fw={600}>
            {title}
          </Text>
          <Badge color={severity === 'critical' ? 'red' : 'yellow'} variant="light" tt="none" radius="sm">
            {severity}
          </Badge>
        </div>
        <Text size="sm" className="words">
          {message}
        </Text>
        {cure !== null && (
          <Text size="sm" c="dimmed" className="words">
            What helps: {cure}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          open since {since(openedAt)}
          {acknowledgedAt !== null && `; ${acknowledgedBy ?? 'somebody'} sees to it since ${since(acknowledgedAt)}`}
        </Text>
      </div>
      {acknowledgedAt === null && (
        <div className="line-acts">
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`See to “${title}”`}
            {...held(acknowledge.isPending, () => acknowledge.mutate(id))}
          >
            I see to it
          </Button>
        </div>
      )}
    </li>
  )
}

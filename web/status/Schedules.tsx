import { Badge, Button, Text } from '@mantine/core'
import type { Schedule } from '../api.ts'
import { ago, ahead } from '../ui/humane.rules.ts'
import { held } from '../ui/held.ts'
import { Panel } from './Panel.tsx'
import { usePauseSchedule, useRunSchedule } from './queries.ts'

type Props = { schedules: readonly Schedule[]; now: number }

/** What is done by the clock: paused, gone on with, or done now. */
export function Schedules({ schedules, now }: Props) {
  return (
    <Panel id="schedules" title="Schedules">
      {schedules.length === 0 && (
        <Text size="sm" c="dimmed" className="panel-empty">
          Nothing is done by the clock.
        </Text>
      )}
      <ul className="lines">
        {schedules.map((schedule) => (
          <ScheduleLine key={schedule.name} schedule={schedule} now={now} />
        ))}
      </ul>
    </Panel>
  )
}

function ScheduleLine({ schedule, now }: { schedule: Schedule; now: number }) {
  const { name, pausedAt, pausedBy, nextAt } = schedule
  const pause = usePauseSchedule()
  const run = useRunSchedule()
  const isPaused = pausedAt !== null
  return (
    <li className="line" data-schedule={name}>
      <div className="line-what">
        <div className="line-name">
          <Text span fw={600} className="code">
            {name}
          </Text>
          {isPaused && (
            <Badge color="yellow" variant="light" tt="none" radius="sm">
              paused
            </Badge>
          )}
        </div>
        <Text size="sm" c="dimmed">
          {rhythmOf(schedule)}
          {nextAt !== null && `, next ${ahead((Date.parse(nextAt) - now) / 1000)}`}
          {isPaused &&
            `, paused ${ago((now - Date.parse(pausedAt)) / 1000)}${pausedBy === null ? '' : ` by ${pausedBy}`}`}
          {'; '}
          <Last schedule={schedule} now={now} />
        </Text>
      </div>
      <div className="line-acts">
        <Button
          size="compact-sm"
          variant="light"
          aria-label={`Run ${name} now`}
          {...held(run.isPending, () => run.mutate(name))}
        >
          Run now
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`${isPaused ? 'Resume' : 'Pause'} ${name}`}
          {...held(pause.isPending, () => pause.mutate({ name, paused: !isPaused }))}
        >
          {isPaused ? 'Resume' : 'Pause'}
        </Button>
      </div>
    </li>
  )
}

function rhythmOf({ cron, timezone, everySeconds }: Schedule): string {
  if (everySeconds !== null)
    return everySeconds % 60 === 0 ? `every ${everySeconds / 60} min` : `every ${everySeconds} s`
  return `by the clock (${cron} ${timezone})`
}

const states = {
  waiting: 'waits in the queue',
  retrying: 'failed, and is tried again',
  running: 'runs',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
} as const

function Last({ schedule: { last }, now }: { schedule: Schedule; now: number }) {
  if (last === null) return <span className="faint">not run yet</span>
  const { state, error, at, finishedAt } = last
  const isBad = state === 'failed' || state === 'retrying'
  const when = ago((now - Date.parse(finishedAt ?? at)) / 1000)
  return (
    <Text span size="sm" className="words" {...(isBad && { c: 'var(--mantine-color-error)' })}>
      last: {states[state]} {when}
      {error !== null && `: ${error}`}
    </Text>
  )
}

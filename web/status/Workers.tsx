import { Badge, Code, Text } from '@mantine/core'
import type { WorkerNow } from '../api.ts'
import { ago } from '../ui/humane.rules.ts'
import { Panel } from './Panel.tsx'

type Props = { workers: readonly WorkerNow[]; now: number }

/** Who does the jobs, and when each was last heard of. */
export function Workers({ workers, now }: Props) {
  return (
    <Panel id="workers" title="Workers">
      {workers.length === 0 && (
        <Text size="sm" className="panel-empty">
          No worker runs, so no job is done. Start one with <Code>consign worker</Code>, or all of Consign with{' '}
          <Code>consign start</Code>.
        </Text>
      )}
      <ul className="lines">
        {workers.map((worker) => (
          <WorkerLine key={worker.id} worker={worker} now={now} />
        ))}
      </ul>
    </Panel>
  )
}

function WorkerLine({ worker, now }: { worker: WorkerNow; now: number }) {
  const { host, pid, slots, running, startedAt, seenAt, isSilent } = worker
  const since = (time: string) => ago((now - Date.parse(time)) / 1000)
  return (
    <li className="line">
      <div className="line-what">
        <Text span fw={600} className="words">
          {host}, process {pid}
        </Text>
        <Text size="sm" c="dimmed">
          {running} of {slots} at work, began {since(startedAt)}
        </Text>
      </div>
      {isSilent ? (
        <Badge color="red" variant="light" tt="none" radius="sm">
          silent, heard {since(seenAt)}
        </Badge>
      ) : (
        <Text size="sm" className="beat">
          heard {since(seenAt)}
        </Text>
      )}
    </li>
  )
}

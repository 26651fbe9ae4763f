import { Anchor, Badge, Table, UnstyledButton } from '@mantine/core'
import { AppLink } from '../router.tsx'
import { ago, counted, countedAs, isStale, labelOf } from '../ui/humane.rules.ts'
import { EntityActions } from './EntityActions.tsx'
import { LastRun } from './LastRun.tsx'
import type { LiveEntity } from './live-rows.rules.ts'
import type { Runs } from './MirrorCard.tsx'

type Props = {
  entity: LiveEntity
  now: number
  sinceAskedSeconds: number
  runs: Runs
  onAside: (entity: string) => void
}

export function EntityRow({ entity: status, now, sinceAskedSeconds, runs, onAside }: Props) {
  const { entity, rows, cursor, lagSeconds, rejected, lastRun, live } = status
  const label = labelOf(entity)
  const age = lagSeconds === null ? null : lagSeconds + sinceAskedSeconds
  return (
    <Table.Tr data-entity={entity} data-running={live?.state === 'running' || undefined}>
      <Table.Th scope="row" className="entity-name">
        <Anchor component={AppLink} href={`/mirror/${entity}`} fw={600}>
          {label}
        </Anchor>
      </Table.Th>
      <Table.Td className="number entity-rows" data-of="rows">
        {counted(rows)}
      </Table.Td>
      <Table.Td className="entity-run">
        <LastRun run={live ?? lastRun} now={now} />
      </Table.Td>
      <Table.Td className="entity-lag">
        <Lag age={age} />
      </Table.Td>
      <Table.Td className="number entity-cursor" data-of="cursor">
        {cursor === 0 ? <span className="faint">–</span> : cursor}
      </Table.Td>
      <Table.Td className="number entity-aside">
        <Aside count={rejected} label={label} onOpen={() => onAside(entity)} />
      </Table.Td>
      <Table.Td className="entity-acts">
        <EntityActions entity={entity} label={label} runs={runs} />
      </Table.Td>
    </Table.Tr>
  )
}

function Lag({ age }: { age: number | null }) {
  if (age === null) return <span className="faint">not yet</span>
  if (!isStale(age)) return <span>{ago(age)}</span>
  return (
    <Badge color="yellow" variant="light" tt="none" radius="sm">
      {ago(age)}, stale
    </Badge>
  )
}

function Aside({ count, label, onOpen }: { count: number; label: string; onOpen: () => void }) {
  if (count === 0) return <span className="faint">0</span>
  const said = `${label}: ${countedAs(count, 'record')} put aside, show why`
  return (
    <UnstyledButton className="aside-count" onClick={onOpen} aria-label={said}>
      {counted(count)}
    </UnstyledButton>
  )
}

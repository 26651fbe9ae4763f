import { Anchor, Badge, Table, Text } from '@mantine/core'
import type { EntityStatus, Status } from '../api.ts'
import { AppLink } from '../router.tsx'
import { ago, ahead, counted, countedAs, isStale, labelOf } from '../ui/humane.rules.ts'
import { LastRun } from '../sync/LastRun.tsx'
import { Panel } from './Panel.tsx'
import { WideTable } from './WideTable.tsx'

const columns = ['Entity', 'Up to date', 'Next look', 'Cursor', 'Rows', 'Put aside', 'Last run']

type Props = { status: Status; now: number }

/** How far each entity was read, and how long ago it was read to the end. */
export function CursorTable({ status: { at, entities, comparison }, now }: Props) {
  const sinceToldSeconds = (now - Date.parse(at)) / 1000
  return (
    <Panel id="cursors" title="Cursors and lag" aside={<Compared comparison={comparison} now={now} />}>
      <WideTable label="Cursors and lag, entity by entity" columns={columns} kind="cursors">
        {entities.map(({ entity, cursor, rows, rejected, lagSeconds, lastRun, nextLookAt, pace }) => (
          <Table.Tr key={entity}>
            <Table.Th scope="row">
              <Anchor component={AppLink} href={`/mirror/${entity}`} size="sm" fw={600}>
                {labelOf(entity)}
              </Anchor>
            </Table.Th>
            <Table.Td>
              <Lag seconds={lagSeconds === null ? null : lagSeconds + sinceToldSeconds} />
            </Table.Td>
            <Table.Td>
              <NextLook at={nextLookAt} pace={pace} now={now} />
            </Table.Td>
            <Table.Td className="code">{cursor === 0 ? '–' : cursor}</Table.Td>
            <Table.Td>{counted(rows)}</Table.Td>
            <Table.Td data-zero={rejected === 0 || undefined}>{counted(rejected)}</Table.Td>
            <Table.Td className="cursor-run">
              <LastRun run={lastRun} now={now} />
            </Table.Td>
          </Table.Tr>
        ))}
      </WideTable>
    </Panel>
  )
}

function Lag({ seconds }: { seconds: number | null }) {
  if (seconds === null) return <span className="faint">not yet</span>
  if (!isStale(seconds)) return <span>{ago(seconds)}</span>
  return (
    <Badge color="yellow" variant="light" tt="none" radius="sm">
      {ago(seconds)}, stale
    </Badge>
  )
}

const reasons = {
  first: 'never read before',
  webhook: 'quicker, as a webhook came',
  throttled: 'slower, as Lightspeed has no room',
  failed: 'again soon, as the last look failed',
  usual: '',
} as const

type NextLookProps = Pick<EntityStatus, 'pace'> & { at: string | null; now: number }

function NextLook({ at, pace, now }: NextLookProps) {
  if (at === null) return <span className="faint">{pace === null ? 'when asked' : 'now'}</span>
  const why = pace === null ? '' : reasons[pace.why]
  return (
    <span>
      {ahead((Date.parse(at) - now) / 1000)}
      {why !== '' && <span className="faint"> ({why})</span>}
    </span>
  )
}

/** What the last comparison of the whole mirror with Lightspeed came to. */
function Compared({ comparison, now }: { comparison: Status['comparison']; now: number }) {
  return (
    <Text size="sm" c="dimmed">
      {comparison === null ? 'Not compared with Lightspeed yet' : comparedOf(comparison, now)}
    </Text>
  )
}

function comparedOf({ state, at, totals }: NonNullable<Status['comparison']>, now: number): string {
  const when = ago((now - Date.parse(at)) / 1000)
  if (state === 'failed') return `The comparison with Lightspeed failed ${when}`
  if (state !== 'done') return `Compared with Lightspeed just now: ${countedAs(totals.compared, 'record')} so far`
  const differed = countedAs(totals.differences, 'difference')
  const open = totals.raised > 0 ? `, ${counted(totals.raised)} unexplained` : ''
  return `Compared with Lightspeed ${when}: ${differed}${open}`
}

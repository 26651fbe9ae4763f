import { Table } from '@mantine/core'
import type { KindNow } from '../api.ts'
import { counted, lasting } from '../ui/humane.rules.ts'
import { Panel } from './Panel.tsx'
import { WideTable } from './WideTable.tsx'

const columns = [
  'Kind',
  'Waiting',
  'Later',
  'Running',
  'Done per min',
  'Failed per min',
  'Wait (p95)',
  'Run (p95)',
  'Failed for good',
]

/** The queue kind by kind; rates and times are of the last five minutes. */
export function KindTable({ kinds }: { kinds: readonly KindNow[] }) {
  return (
    <Panel id="kinds" title="By kind">
      <WideTable label="The queue by kind" columns={columns}>
        {kinds.map((kind) => (
          <KindRow key={kind.kind} kind={kind} />
        ))}
      </WideTable>
    </Panel>
  )
}

function KindRow({
  kind: { kind, waiting, deferred, running, perMinute, failedPerMinute, waitMs, runMs, dead },
}: {
  kind: KindNow
}) {
  const numbers = [waiting, deferred, running, perMinute, failedPerMinute]
  const times = [waitMs.p95, runMs.p95].map((ms) => (ms === null ? '–' : lasting(Math.max(0, ms))))
  return (
    <Table.Tr>
      <Table.Th scope="row" className="code">
        {kind}
      </Table.Th>
      {[...numbers.map(counted), ...times, counted(dead)].map((value, place) => (
        <Table.Td key={columns[place + 1]} data-zero={value === '0' || value === '–' || undefined}>
          {value}
        </Table.Td>
      ))}
    </Table.Tr>
  )
}

import { Paper, Table, Title } from '@mantine/core'
import { useNow } from '../ui/use-now.ts'
import { EntityRow } from './EntityRow.tsx'
import type { LiveEntity } from './live-rows.rules.ts'
import type { Runs } from './MirrorCard.tsx'

type Props = {
  entities: readonly LiveEntity[]
  /** When the server told it, in milliseconds: ages grow from there. */
  askedAt: number
  runs: Runs
  onAside: (entity: string) => void
}

const tickMs = 1_000

/** Every entity of the mirror; on a phone each row becomes a card of its own. */
export function EntityTable({ entities, askedAt, runs, onAside }: Props) {
  const now = useNow(tickMs)
  const sinceAskedSeconds = Math.max(0, (now - askedAt) / 1000)
  return (
    <section aria-labelledby="entities">
      <Title order={2} size="h4" id="entities" mb="xs">
        Entities
      </Title>
      <Paper withBorder className="entities-frame">
        <Table className="entities" tabularNums verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Entity</Table.Th>
              <Table.Th scope="col" className="number">
                Rows
              </Table.Th>
              <Table.Th scope="col">Last run</Table.Th>
              <Table.Th scope="col">Up to date</Table.Th>
              <Table.Th scope="col" className="number">
                Cursor
              </Table.Th>
              <Table.Th scope="col" className="number">
                Put aside
              </Table.Th>
              <Table.Th scope="col">
                <span className="unseen">Sync</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {entities.map((entity) => (
              <EntityRow
                key={entity.entity}
                entity={entity}
                now={now}
                sinceAskedSeconds={sinceAskedSeconds}
                runs={runs}
                onAside={onAside}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Paper>
    </section>
  )
}

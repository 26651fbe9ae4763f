import { Paper, Table, Title } from '@mantine/core'
import type { EntityStatus, Run, RunEntity } from '../api.ts'
import { useNow } from '../ui/use-now.ts'
import { EntityRow } from './EntityRow.tsx'
import { useLiveRuns } from './live-runs.ts'
import type { Runs } from './MirrorCard.tsx'

type Props = {
  entities: readonly EntityStatus[]
  /** When the server told it, in milliseconds: ages grow from there. */
  askedAt: number
  runs: Runs
  onAside: (entity: string) => void
}

const tickMs = 1_000

/** Every entity of the mirror; on a phone each row becomes a card of its own. */
export function EntityTable({ entities, askedAt, runs, onAside }: Props) {
  const { going } = useLiveRuns()
  const now = useNow(tickMs)
  const sinceAskedSeconds = Math.max(0, (now - askedAt) / 1000)
  return (
    <section aria-labelledby="entities">
      <Title order={2} size="h4" id="entities" mb="xs">
        Entities
      </Title>
      <Paper withBorder className="entities-frame">
        <Table className="entities" tabularNums verticalSpacing={7}>
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
                live={liveOf(entity.entity, going)}
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

/** What the runs that go on right now say of an entity; the one that is reading it speaks first. */
function liveOf(name: string, going: readonly Run[]): RunEntity | undefined {
  const told = going.flatMap(({ entities }) => entities.filter(({ entity }) => entity === name))
  return told.find(({ state }) => state === 'running') ?? told.at(-1)
}

import { Group, Paper, Progress, Stack, Text, Title } from '@mantine/core'
import type { Run } from '../api.ts'
import { counted, countedAs } from '../ui/humane.rules.ts'
import { ParcelIcon } from '../ui/icons.tsx'
import type { LiveEntity } from './live-rows.rules.ts'
import { isAskedFor, useLiveRuns } from './live-runs.ts'
import type { useRequestRun } from './queries.ts'
import { doingOf, endingOf, percentOf, progressOf } from './run-words.rules.ts'
import { SyncAllButton } from './SyncAllButton.tsx'

export type Runs = ReturnType<typeof useRequestRun>

type Props = { entities: readonly LiveEntity[] | undefined; runs: Runs }

/** The mirror as a whole: how much it holds, what a run is doing to it, and the button that starts one. */
export function MirrorCard({ entities, runs }: Props) {
  const { going, ended } = useLiveRuns()
  const run = going.find(isAskedFor)
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="mirror">
      <Stack gap="sm" h="100%">
        <Title order={2} size="h4" id="mirror" className="with-icon">
          <ParcelIcon /> Your copy
        </Title>
        {entities && <Amount entities={entities} isGoing={run !== undefined} />}
        {run && <Going run={run} />}
        {!run && ended && <Text size="sm">{endingOf(ended)}.</Text>}
        <Group gap="sm" mt="auto">
          <SyncAllButton rows={entities ? rowsOf(entities) : 0} runs={runs} />
        </Group>
      </Stack>
    </Paper>
  )
}

function Amount({ entities, isGoing }: { entities: readonly LiveEntity[]; isGoing: boolean }) {
  const rows = rowsOf(entities)
  const whole = entities.filter(({ lagSeconds }) => lagSeconds !== null).length
  if (rows === 0 && whole === 0 && !isGoing) return <NothingYet />
  return (
    <div>
      <Text className="amount">
        {counted(rows)} <span>rows</span>
      </Text>
      {!isGoing && (
        <Text size="sm" c="dimmed">
          {whole} of {countedAs(entities.length, 'entity', 'entities')} complete
        </Text>
      )}
    </div>
  )
}

function NothingYet() {
  return (
    <div>
      <Text fw={600}>Nothing is mirrored yet</Text>
      <Text size="sm" c="dimmed">
        Press “Sync now”: Consign then reads all of the shop once, and from then on only what changes.
      </Text>
    </div>
  )
}

function Going({ run }: { run: Run }) {
  return (
    <Stack gap={6}>
      <Progress value={Math.max(3, percentOf(run))} animated aria-label="Progress of the sync" />
      <Text size="sm" className="words">
        {doingOf(run)}
      </Text>
      <Text size="sm" c="dimmed">
        {progressOf(run)}
      </Text>
    </Stack>
  )
}

function rowsOf(entities: readonly LiveEntity[]): number {
  return entities.reduce((total, { rows }) => total + rows, 0)
}

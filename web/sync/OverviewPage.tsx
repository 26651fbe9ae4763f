import { Container, Loader, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { PageHeading } from '../ui/PageHeading.tsx'
import { TroubleNote } from '../ui/TroubleNote.tsx'
import { ConnectionCard } from './ConnectionCard.tsx'
import { DriftHint } from './DriftHint.tsx'
import { EntityTable } from './EntityTable.tsx'
import { bringUp } from './live-rows.rules.ts'
import { useLiveRuns } from './live-runs.ts'
import { MirrorCard } from './MirrorCard.tsx'
import { RejectedDrawer } from './RejectedDrawer.tsx'
import { useEndsOfRuns, useRequestRun, useSyncStatus } from './queries.ts'

/** The first page: which retailer, how true its mirror is, and the button that makes it true now. */
export function OverviewPage() {
  const status = useSyncStatus()
  const runs = useRequestRun()
  const { going } = useLiveRuns()
  const entities = status.data && bringUp(status.data.entities, going)
  const [aside, setAside] = useState<string | null>(null)
  useEndsOfRuns()
  return (
    <Container component="main" size="lg" px={{ base: 'sm', sm: 'md' }} pb={48}>
      <Stack gap="lg">
        <div>
          <PageHeading title="Mirror" />
          <Text c="dimmed">What Lightspeed knows, row by row, in a PostgreSQL database of your own.</Text>
        </div>
        {status.error && <TroubleNote error={status.error} onAgain={() => void status.refetch()} />}
        {runs.error && <TroubleNote error={runs.error} onAgain={runs.forget} again="Close" />}
        <div className="cards">
          <ConnectionCard />
          <MirrorCard entities={entities} runs={runs} />
        </div>
        {status.isPending && <Loader size="sm" aria-label="Loading" />}
        {entities && <EntityTable entities={entities} askedAt={status.dataUpdatedAt} runs={runs} onAside={setAside} />}
        <DriftHint />
      </Stack>
      <RejectedDrawer entity={aside} onClose={() => setAside(null)} />
    </Container>
  )
}

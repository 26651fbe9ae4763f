import { Anchor, Button, Container, Group, Loader, Stack, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answerOf, api, type Row } from '../api.ts'
import { AppLink } from '../router.tsx'
import { useSyncStatus } from '../sync/queries.ts'
import { countedAs, labelOf } from '../ui/humane.rules.ts'
import { BackIcon, NextIcon } from '../ui/icons.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { TroubleNote } from '../ui/TroubleNote.tsx'
import { RowDrawer } from './RowDrawer.tsx'
import { RowsTable } from './RowsTable.tsx'

const pageSize = 50

/** The mirrored rows of one entity, page by page in the order of their key. */
export function RowsPage({ entity }: { entity: string }) {
  const { trail, page, rows, next, back } = usePages(entity)
  const [shown, setShown] = useState<Row | null>(null)
  return (
    <Container component="main" size="lg" px={{ base: 'sm', sm: 'md' }} pb={48}>
      <Stack gap="md">
        <div>
          <Anchor component={AppLink} href="/" className="with-icon" size="sm">
            <BackIcon size={16} /> Mirror
          </Anchor>
          <PageHeading title={labelOf(entity)} />
          <Amount entity={entity} />
        </div>
        {page.error && <TroubleNote error={page.error} onAgain={() => void page.refetch()} />}
        {page.isPending && <Loader size="sm" aria-label="Loading" />}
        {page.data && rows.length === 0 && <Nothing isFirst={trail.length === 0} />}
        {rows.length > 0 && <RowsTable entity={entity} rows={rows} onShow={setShown} />}
        {page.data && (trail.length > 0 || page.data.next !== null) && (
          <Group justify="space-between">
            <Button variant="default" leftSection={<BackIcon />} disabled={trail.length === 0} onClick={back}>
              Back
            </Button>
            <Text size="sm" c="dimmed">
              Page {trail.length + 1}
            </Text>
            <Button variant="default" rightSection={<NextIcon />} disabled={page.data.next === null} onClick={next}>
              Next
            </Button>
          </Group>
        )}
      </Stack>
      <RowDrawer row={shown} onClose={() => setShown(null)} />
    </Container>
  )
}

/** The pages as they were walked: each cursor leads to one, and the way back is the way that was come. */
function usePages(entity: string) {
  const [trail, setTrail] = useState<readonly string[]>([])
  const after = trail.at(-1)
  const page = useQuery({
    queryKey: ['mirror', entity, after ?? ''],
    queryFn: () => {
      const query = after === undefined ? { limit: String(pageSize) } : { limit: String(pageSize), after }
      return answerOf(api.mirror[':entity'].$get({ param: { entity }, query }))
    },
    placeholderData: keepPreviousData,
  })
  const cursor = page.data?.next
  const next = () => cursor && setTrail([...trail, cursor])
  const back = () => setTrail(trail.slice(0, -1))
  return { trail, page, rows: page.data?.data ?? [], next, back }
}

function Amount({ entity }: { entity: string }) {
  const status = useSyncStatus()
  const found = status.data?.entities.find((one) => one.entity === entity)
  if (!found) return null
  return (
    <Text c="dimmed" size="sm">
      {countedAs(found.rows, 'row')}. Choose one to see all of it.
    </Text>
  )
}

function Nothing({ isFirst }: { isFirst: boolean }) {
  return <Text>{isFirst ? 'The mirror holds none yet.' : 'There are no more.'}</Text>
}

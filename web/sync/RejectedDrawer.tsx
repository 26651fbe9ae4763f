import { Button, Drawer, Loader, Paper, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { answerOf, api, type Rejected } from '../api.ts'
import { ago, countedAs, labelOf } from '../ui/humane.rules.ts'
import { layOut } from '../ui/json.rules.ts'
import { useNow } from '../ui/use-now.ts'
import { TroubleNote } from '../ui/TroubleNote.tsx'

type Props = { entity: string | null; onClose: () => void }

/** The records of an entity that could not be stored: why, and what they said. */
export function RejectedDrawer({ entity, onClose }: Props) {
  const title = entity === null ? '' : `${labelOf(entity)} put aside`
  return (
    <Drawer
      opened={entity !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={title}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {entity !== null && <RejectedList entity={entity} />}
    </Drawer>
  )
}

const pageSize = '20'

function RejectedList({ entity }: { entity: string }) {
  const first: string | null = null
  const pages = useInfiniteQuery({
    queryKey: ['sync', 'rejected', entity],
    queryFn: ({ pageParam }: { pageParam: string | null }) => {
      const query = pageParam === null ? { limit: pageSize } : { limit: pageSize, before: pageParam }
      return answerOf(api.sync[':entity'].rejected.$get({ param: { entity }, query }))
    },
    initialPageParam: first,
    getNextPageParam: ({ next }) => next,
  })
  const records = pages.data?.pages.flatMap(({ data }) => data) ?? []
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        Lightspeed sent these records, and the mirror could not take them. They hold up nothing else; each is tried
        again whenever it is read again, and leaves this list once it fits.
      </Text>
      {pages.isPending && <Loader size="sm" aria-label="Loading" />}
      {pages.error && <TroubleNote error={pages.error} onAgain={() => void pages.refetch()} />}
      {pages.isSuccess && records.length === 0 && <Text>Nothing is put aside any more.</Text>}
      {records.map((record) => (
        <RejectedRecord key={record.id} record={record} />
      ))}
      {pages.hasNextPage && (
        <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Show older ones
        </Button>
      )}
    </Stack>
  )
}

function RejectedRecord({ record }: { record: Rejected }) {
  const { recordId, reason, payload, lastSeenAt, timesSeen } = record
  const now = useNow(10_000)
  const when = ago((now - Date.parse(lastSeenAt)) / 1000)
  return (
    <Paper withBorder p="sm" component="article">
      <Text fw={600} className="words">
        {reason}
      </Text>
      <Text size="sm" c="dimmed" className="words">
        {recordId === null ? 'A record without an id' : `Record ${recordId}`}, seen {countedAs(timesSeen, 'time')}, last{' '}
        {when}
      </Text>
      <details className="payload">
        <summary>What Lightspeed sent</summary>
        <pre>{layOut(payload)}</pre>
      </details>
    </Paper>
  )
}

import { Drawer, Loader, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { answerOf, api, type WebhookLine } from '../api.ts'
import { ago } from '../ui/humane.rules.ts'
import { layOut } from '../ui/json.rules.ts'
import { TroubleNote } from '../ui/TroubleNote.tsx'

type Props = { webhook: WebhookLine | null; now: number; onClose: () => void }

/** A webhook whole: what became of it, and what came. */
export function WebhookDrawer({ webhook, now, onClose }: Props) {
  return (
    <Drawer
      opened={webhook !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={webhook === null ? '' : `Webhook ${webhook.type}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {webhook !== null && <Whole webhook={webhook} now={now} />}
    </Drawer>
  )
}

function Whole({ webhook: { id, receivedAt, correlationId }, now }: { webhook: WebhookLine; now: number }) {
  const whole = useQuery({
    queryKey: ['webhook-events', 'one', id],
    queryFn: () => answerOf(api['webhook-events'][':id'].$get({ param: { id } })),
  })
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed" className="words">
        Number {id}, came {ago((now - Date.parse(receivedAt)) / 1000)}, known as{' '}
        <span className="code">{correlationId}</span>
      </Text>
      {whole.isPending && <Loader size="sm" aria-label="Loading" />}
      {whole.error && <TroubleNote error={whole.error} onAgain={() => void whole.refetch()} />}
      {whole.data && (
        <>
          <Text size="sm">{whole.data.error ?? whole.data.outcome ?? 'Nothing was done with it yet.'}</Text>
          <Text fw={600} size="sm">
            What it says
          </Text>
          <pre className="json">{layOut(JSON.stringify(whole.data.data))}</pre>
          <details className="payload">
            <summary>As it came</summary>
            <pre>{whole.data.body}</pre>
            <pre>{JSON.stringify(whole.data.headers, null, 2)}</pre>
          </details>
        </>
      )}
    </Stack>
  )
}

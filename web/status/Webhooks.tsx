import { Button, Loader, NativeSelect, Text } from '@mantine/core'
import { useState } from 'react'
import type { Status, WebhookLine } from '../api.ts'
import { ago, counted } from '../ui/humane.rules.ts'
import { TroubleNote } from '../ui/TroubleNote.tsx'
import { Panel } from './Panel.tsx'
import { useWebhooks, type WebhookState } from './queries.ts'
import { WebhookDrawer } from './WebhookDrawer.tsx'
import { WebhookItem } from './WebhookItem.tsx'

type Props = { standing: Status['webhooks']; now: number }

const states = [
  { value: '', label: 'All' },
  { value: 'failed', label: 'Failed' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'processed', label: 'Processed' },
  { value: 'unknown', label: 'Of unknown types' },
] as const

/** Webhooks that were let in: when the last one came, how they stand, and each to be looked at and done again. */
export function Webhooks({ standing, now }: Props) {
  const [state, setState] = useState<WebhookState>('')
  const [opened, setOpened] = useState<WebhookLine | null>(null)
  const webhooks = useWebhooks(state, standing)
  const all = webhooks.data?.pages.flatMap(({ data }) => data) ?? []
  return (
    <Panel
      id="webhooks"
      title="Webhooks"
      aside={
        standing.newestId !== null && (
          <NativeSelect
            size="xs"
            aria-label="State of the webhooks"
            value={state}
            onChange={(event) => setState(stateNamed(event.currentTarget.value))}
            data={[...states]}
          />
        )
      }
    >
      <Counts standing={standing} now={now} />
      {webhooks.error && <TroubleNote error={webhooks.error} onAgain={() => void webhooks.refetch()} />}
      {webhooks.isPending && <Loader size="sm" aria-label="Loading" m="md" />}
      {webhooks.isSuccess && all.length === 0 && state !== '' && (
        <Text size="sm" c="dimmed" className="panel-empty">
          None are in this state.
        </Text>
      )}
      <ul className="lines" data-of="webhooks">
        {all.map((webhook) => (
          <WebhookItem key={webhook.id} webhook={webhook} now={now} onOpen={() => setOpened(webhook)} />
        ))}
      </ul>
      {webhooks.hasNextPage && (
        <div className="panel-more">
          <Button
            variant="default"
            size="xs"
            loading={webhooks.isFetchingNextPage}
            onClick={() => void webhooks.fetchNextPage()}
          >
            Show more
          </Button>
        </div>
      )}
      <WebhookDrawer webhook={opened} now={now} onClose={() => setOpened(null)} />
    </Panel>
  )
}

function stateNamed(name: string): WebhookState {
  return states.find(({ value }) => value === name)?.value ?? ''
}

function Counts({ standing, now }: Props) {
  const { lastReceivedAt, waiting, failed, processedLately, unknownLately } = standing
  if (lastReceivedAt === null) {
    return (
      <Text size="sm" c="dimmed" className="panel-empty">
        No webhook has come yet. <span className="code">consign webhook register</span> has Lightspeed send them.
      </Text>
    )
  }
  return (
    <dl className="counts">
      <Count name="last received" value={ago((now - Date.parse(lastReceivedAt)) / 1000)} />
      <Count name="waiting" value={counted(waiting)} />
      <Count name="failed" value={counted(failed)} isBad={failed > 0} />
      <Count name="processed in 24 h" value={counted(processedLately)} />
      <Count name="of unknown types in 24 h" value={counted(unknownLately)} />
    </dl>
  )
}

function Count({ name, value, isBad = false }: { name: string; value: string; isBad?: boolean }) {
  return (
    <div data-bad={isBad || undefined}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

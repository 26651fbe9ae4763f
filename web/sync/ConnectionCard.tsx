import { Badge, Button, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { answerOf, api, type Link } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { countedAs } from '../ui/humane.rules.ts'
import { PlugIcon } from '../ui/icons.tsx'
import { TroubleNote } from '../ui/TroubleNote.tsx'
import { SimulatedNotice } from './SimulatedNotice.tsx'

const everyMs = 15_000

/** Which retailer is mirrored, and whether it lets us in. */
export function ConnectionCard() {
  const link = useQuery({
    queryKey: ['lightspeed'],
    queryFn: () => answerOf(api.lightspeed.$get()),
    refetchInterval: everyMs,
  })
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="connection">
      <Stack gap="sm" h="100%">
        <Group justify="space-between" wrap="nowrap">
          <Title order={2} size="h4" id="connection" className="with-icon">
            <PlugIcon /> Lightspeed
          </Title>
          {link.data && <StateBadge link={link.data} />}
        </Group>
        {link.error && !link.data && <TroubleNote error={link.error} />}
        {link.isPending && <Loader size="sm" aria-label="Loading" />}
        {link.data && <Connection link={link.data} />}
      </Stack>
    </Paper>
  )
}

const states = {
  connected: { color: 'pine', words: 'Connected' },
  not_connected: { color: 'gray', words: 'Not connected' },
  needs_reconnect: { color: 'red', words: 'Connect again' },
} as const

const simulated = { color: 'yellow', words: 'Simulated' } as const

function StateBadge({ link: { kind, state } }: { link: Link }) {
  const { color, words } = kind === 'simulator' ? simulated : states[state]
  return (
    <Badge variant="light" color={color} tt="none" size="lg" radius="sm">
      {words}
    </Badge>
  )
}

function Connection({ link }: { link: Link }) {
  const isMissing = link.state !== 'connected' && link.connectPath !== null
  return (
    <>
      <div>
        <Text fw={600}>{nameOf(link)}</Text>
        {link.origin && (
          <Text size="sm" c="dimmed" className="words">
            {link.origin}
          </Text>
        )}
      </div>
      {link.kind === 'simulator' && <SimulatedNotice />}
      {isMissing && <ConnectFirst link={link} />}
      {!isMissing && <Check />}
    </>
  )
}

function nameOf({ kind, domainPrefix }: Link): string {
  if (kind === 'simulator') return 'A simulated retailer'
  return domainPrefix ?? 'Your retailer'
}

function ConnectFirst({ link: { state, connectPath } }: { link: Link }) {
  if (connectPath === null) return null
  const why = state === 'needs_reconnect' ? 'Lightspeed no longer accepts the connection.' : 'No shop is connected yet.'
  return (
    <Stack gap="xs" align="flex-start" mt="auto">
      <NotConnected />
      <Text size="sm">{why} Connecting opens Lightspeed, where you allow Consign to read your shop.</Text>
      <Button component="a" href={connectPath}>
        Connect Lightspeed
      </Button>
    </Stack>
  )
}

const refusals: Record<string, string> = {
  connection_denied: 'Lightspeed did not let Consign in: nobody allowed it there.',
  state_unknown: 'The way back from Lightspeed had been used already, or took longer than ten minutes.',
  other_retailer: 'You signed in to another shop than the one that is mirrored here.',
}

/** Why the last try came to nothing, as the way back from Lightspeed says in the address. */
function NotConnected() {
  const code = new URLSearchParams(location.search).get('not-connected')
  if (code === null) return null
  return (
    <Text size="sm" role="alert" fw={600}>
      {refusals[code] ?? 'Lightspeed’s answer could not be used.'} Try again.
    </Text>
  )
}

function Check() {
  const check = useMutation({
    mutationFn: () => answerOf(api.lightspeed.checks.$post()),
    onSuccess: (answer) => announce(wordsOf(answer)),
  })
  return (
    <Stack gap="xs" align="stretch" mt="auto">
      {check.error && <TroubleNote error={check.error} />}
      <Group gap="sm">
        <Button variant="default" size="xs" loading={check.isPending} onClick={() => check.mutate()}>
          Check now
        </Button>
        {check.data && !check.isPending && <Text size="sm">{wordsOf(check.data)}</Text>}
      </Group>
    </Stack>
  )
}

function wordsOf({ ms, retailer, outlets }: { ms: number; retailer: string | null; outlets: number }): string {
  return `${retailer ?? 'Lightspeed'} answered in ${ms} ms, with ${countedAs(outlets, 'outlet')}`
}

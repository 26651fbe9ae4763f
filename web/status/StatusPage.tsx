import { Badge, Container, Group, Loader, Stack, Text } from '@mantine/core'
import type { Status } from '../api.ts'
import { PageHeading } from '../ui/PageHeading.tsx'
import { TroubleNote } from '../ui/TroubleNote.tsx'
import { useNow } from '../ui/use-now.ts'
import { Alerts } from './Alerts.tsx'
import { BudgetCard } from './BudgetCard.tsx'
import { CursorTable } from './CursorTable.tsx'
import { DeadLetters } from './DeadLetters.tsx'
import { FailingList } from './FailingList.tsx'
import { Happened } from './Happened.tsx'
import { KindTable } from './KindTable.tsx'
import { useStatus } from './live-status.ts'
import { QueueCharts } from './QueueCharts.tsx'
import { Schedules } from './Schedules.tsx'
import { Webhooks } from './Webhooks.tsx'
import { Workers } from './Workers.tsx'

const tickMs = 1_000

/** The engine room: what waits, what fails, what came, how far the mirror is, who works; live, and with hands on it. */
export function StatusPage() {
  const { data, error, isPending, isLive, dataUpdatedAt, refetch } = useStatus()
  const clientNow = useNow(tickMs)
  const now = data ? Date.parse(data.at) + Math.max(0, clientNow - dataUpdatedAt) : clientNow
  return (
    <Container component="main" size="lg" px={{ base: 'sm', sm: 'md' }} pb={64}>
      <Stack gap="lg">
        <Group justify="space-between" gap="xs">
          <PageHeading title="Sync status" />
          {data && <Liveness isLive={isLive} />}
        </Group>
        {error && <TroubleNote error={error} onAgain={() => void refetch()} />}
        {isPending && <Loader size="sm" aria-label="Loading" />}
        {data && <Everything status={data} now={now} />}
      </Stack>
      <Happened />
    </Container>
  )
}

/** `now` is the time in milliseconds by the server's clock. */
function Everything({ status, now }: { status: Status; now: number }) {
  const { queue, failing, webhooks, schedules, budget } = status
  return (
    <>
      <Grade grade={status.grade} hasAlarms={status.alerts.length > 0} />
      {status.alerts.length > 0 && <Alerts alerts={status.alerts} now={now} />}
      <QueueCharts status={status} />
      {failing.length > 0 && <FailingList failing={failing} now={now} />}
      <DeadLetters standing={status.deadLetters} kinds={queue.kinds} now={now} />
      <div className="halves">
        <Schedules schedules={schedules} now={now} />
        <Stack gap="lg">
          <Workers workers={queue.workers} now={now} />
          <BudgetCard budget={budget} leftAloneUntil={status.leftAloneUntil} now={now} />
        </Stack>
      </div>
      <Webhooks standing={webhooks} now={now} />
      <KindTable kinds={queue.kinds} />
      <CursorTable status={status} now={now} />
    </>
  )
}

function Liveness({ isLive }: { isLive: boolean }) {
  return (
    <Text size="sm" c="dimmed" className="liveness" data-live={isLive || undefined} data-of="liveness">
      {isLive ? 'Live' : 'Not live just now'}
    </Text>
  )
}

const grades = {
  green: { color: 'pine', words: 'All is well' },
  amber: { color: 'yellow', words: 'Something needs a look' },
  red: { color: 'red', words: 'Consign is in trouble' },
} as const

type GradeProps = { grade: Status['grade']; hasAlarms: boolean }

/** Not all is well while an alarm is open, though it may weigh too little for the grade. */
function Grade({ grade: { grade, reasons }, hasAlarms }: GradeProps) {
  const { color, words } = grades[grade === 'green' && hasAlarms ? 'amber' : grade]
  return (
    <Group gap="xs">
      <Badge color={color} variant="light" size="lg" radius="sm" tt="none">
        {words}
      </Badge>
      {reasons.length > 0 && <Text size="sm">{reasons.join(', ')}</Text>}
    </Group>
  )
}

import { Progress, Stack, Text } from '@mantine/core'
import type { Budget } from '../api.ts'
import { ahead, counted } from '../ui/humane.rules.ts'
import { Panel } from './Panel.tsx'

type Props = {
  budget: Budget | null
  /** Lightspeed failed again and again, and nobody asks it before. */
  leftAloneUntil: string | null
  now: number
}

const nearlySpent = 0.9

/** How many of the requests that Lightspeed allows in five minutes are used, over all processes. */
export function BudgetCard({ budget, leftAloneUntil, now }: Props) {
  return (
    <Panel id="budget" title="Lightspeed’s rate limit">
      {leftAloneUntil !== null && (
        <Text size="sm" fw={600} c="var(--mantine-color-error)" className="panel-body">
          Lightspeed fails again and again, and is left alone: tried {ahead((Date.parse(leftAloneUntil) - now) / 1000)}.
        </Text>
      )}
      {budget === null ? (
        <Text size="sm" c="dimmed" className="panel-empty">
          Lightspeed has not been asked yet.
        </Text>
      ) : (
        <Standing budget={budget} now={now} />
      )}
    </Panel>
  )
}

const sources = {
  header: 'as Lightspeed says',
  registers: 'by its number of registers',
  guess: 'a guess, until Lightspeed says',
} as const

function Standing({ budget, now }: { budget: Budget; now: number }) {
  const { limit, limitSource, used, endsAt, blockedUntil } = budget
  const share = limit === 0 ? 1 : used / limit
  const until = (time: string) => ahead((Date.parse(time) - now) / 1000)
  return (
    <Stack gap={8} className="panel-body">
      <div className="amount">
        {counted(limit - used)} <span>of {counted(limit)} requests left</span>
      </div>
      <Progress
        value={share * 100}
        color={blockedUntil !== null || share > nearlySpent ? 'red' : 'pine'}
        aria-label={`${used} of ${limit} requests used`}
      />
      <Text size="sm" c="dimmed">
        {endsAt === null ? 'The five minutes are fresh' : `All are free again ${until(endsAt)}`}; the limit is{' '}
        {sources[limitSource]}.
      </Text>
      {blockedUntil !== null && (
        <Text size="sm" fw={600} c="var(--mantine-color-error)">
          Lightspeed has refused: nobody asks before {until(blockedUntil)}.
        </Text>
      )}
    </Stack>
  )
}

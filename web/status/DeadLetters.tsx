import { Button, Loader, NativeSelect, Text } from '@mantine/core'
import { useState } from 'react'
import type { DeadLetter, KindNow, Status } from '../api.ts'
import { counted } from '../ui/humane.rules.ts'
import { TroubleNote } from '../ui/TroubleNote.tsx'
import { DeadLetterDrawer } from './DeadLetterDrawer.tsx'
import { DeadLetterLine } from './DeadLetterLine.tsx'
import { Panel } from './Panel.tsx'
import { useDeadLetters } from './queries.ts'
import { RetryAll } from './RetryAll.tsx'

type Props = { standing: Status['deadLetters']; kinds: readonly KindNow[]; now: number }

/** Jobs that failed for good: looked at, mended, retried, or deleted with a reason. */
export function DeadLetters({ standing, kinds, now }: Props) {
  const [kind, setKind] = useState('')
  const [opened, setOpened] = useState<DeadLetter | null>(null)
  const letters = useDeadLetters(kind, standing)
  const all = letters.data?.pages.flatMap(({ data }) => data) ?? []
  const dead = kinds.filter((one) => one.dead > 0 || one.kind === kind)
  const count = kind === '' ? standing.total : (dead.find((one) => one.kind === kind)?.dead ?? 0)
  return (
    <Panel
      id="dead-letters"
      title={standing.total === 0 ? 'Failed jobs' : `Failed jobs (${counted(standing.total)})`}
      aside={standing.total > 0 && <Acts kind={kind} onKind={setKind} dead={dead} count={count} />}
    >
      {letters.error && <TroubleNote error={letters.error} onAgain={() => void letters.refetch()} />}
      {letters.isPending && <Loader size="sm" aria-label="Loading" m="md" />}
      {letters.isSuccess && all.length === 0 && <Nothing kind={kind} />}
      <ul className="lines" data-of="dead-letters">
        {all.map((letter) => (
          <DeadLetterLine key={letter.id} letter={letter} now={now} onOpen={() => setOpened(letter)} />
        ))}
      </ul>
      {letters.hasNextPage && (
        <div className="panel-more">
          <Button
            variant="default"
            size="xs"
            loading={letters.isFetchingNextPage}
            onClick={() => void letters.fetchNextPage()}
          >
            Show more
          </Button>
        </div>
      )}
      <DeadLetterDrawer letter={opened} now={now} onClose={() => setOpened(null)} />
    </Panel>
  )
}

type ActsProps = { kind: string; onKind: (kind: string) => void; dead: readonly KindNow[]; count: number }

function Acts({ kind, onKind, dead, count }: ActsProps) {
  const kinds = dead.map((one) => ({ value: one.kind, label: `${one.kind} (${counted(one.dead)})` }))
  return (
    <div className="panel-acts">
      <NativeSelect
        size="xs"
        aria-label="Kind of the failed jobs"
        value={kind}
        onChange={(event) => onKind(event.currentTarget.value)}
        data={[{ value: '', label: 'All kinds' }, ...kinds]}
      />
      <RetryAll kind={kind} count={count} />
    </div>
  )
}

function Nothing({ kind }: { kind: string }) {
  return (
    <Text size="sm" c="dimmed" className="panel-empty">
      {kind === '' ? 'No job has failed for good.' : `No job ${kind} has failed for good.`} Who fails three times comes
      here and waits for you.
    </Text>
  )
}

import { Drawer, Stack, Text } from '@mantine/core'
import type { DeadLetter } from '../api.ts'
import { ago, countedAs } from '../ui/humane.rules.ts'
import { DeleteLetter } from './DeleteLetter.tsx'
import { PayloadEditor } from './PayloadEditor.tsx'

type Props = { letter: DeadLetter | null; now: number; onClose: () => void }

/** All of a dead letter: why it failed, each time, and the arguments that may be mended. */
export function DeadLetterDrawer({ letter, now, onClose }: Props) {
  return (
    <Drawer
      opened={letter !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={letter === null ? '' : `Failed job ${letter.kind ?? 'of an unknown kind'}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {letter !== null && (
        <Stack gap="md">
          <Why letter={letter} now={now} />
          <PayloadEditor key={letter.id} letter={letter} onDone={onClose} />
          <DeleteLetter id={letter.id} version={letter.version} onDone={onClose} />
        </Stack>
      )}
    </Drawer>
  )
}

function Why({ letter, now }: { letter: DeadLetter; now: number }) {
  const { error, attempts, failures, stack, failedAt, enqueuedAt, correlationId } = letter
  const since = (time: string) => ago((now - Date.parse(time)) / 1000)
  return (
    <div>
      <Text fw={600} className="words" c="var(--mantine-color-error)">
        {error}
      </Text>
      <Text size="sm" c="dimmed">
        Given up {since(failedAt)}, after {countedAs(attempts, 'try', 'tries')}
        {enqueuedAt !== null && `; asked for ${since(enqueuedAt)}`}
      </Text>
      {failures.length > 1 && (
        <details className="payload">
          <summary>Each failure</summary>
          <ol className="failures">
            {failures.map(({ at, message }) => (
              <li key={at} className="words">
                {message} <span className="faint">({since(at)})</span>
              </li>
            ))}
          </ol>
        </details>
      )}
      {stack !== null && (
        <details className="payload">
          <summary>Where in the code</summary>
          <pre>{stack}</pre>
        </details>
      )}
      {correlationId !== null && (
        <Text size="sm" c="dimmed" mt={6} className="words">
          Caused by <span className="code">{correlationId}</span>
        </Text>
      )}
    </div>
  )
}

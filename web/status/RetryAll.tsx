import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { countedAs } from '../ui/humane.rules.ts'
import { useRetryLetters } from './queries.ts'

type Props = { kind: string; count: number }

/** Puts all dead letters of a kind, or all there are, back into the queue; asks first, with their number. */
export function RetryAll({ kind, count }: Props) {
  const [isAsking, setAsking] = useState(false)
  const retry = useRetryLetters()
  const jobs = countedAs(
    count,
    kind === '' ? 'failed job' : `failed job ${kind}`,
    kind === '' ? 'failed jobs' : `failed jobs ${kind}`,
  )
  const begin = () => {
    setAsking(false)
    retry.mutate(kind)
  }
  return (
    <>
      <Button size="xs" variant="default" loading={retry.isPending} onClick={() => setAsking(true)}>
        Retry all…
      </Button>
      <Modal opened={isAsking} onClose={() => setAsking(false)} title={`Retry ${jobs}?`} centered>
        <Stack>
          <Text>
            They go back into the queue as they are, the oldest first, a thousand at once. What has not been mended will
            fail again and come back here.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
              Cancel
            </Button>
            <Button onClick={begin}>Retry {jobs}</Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}

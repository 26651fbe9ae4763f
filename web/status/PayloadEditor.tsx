import { Button, Group, Stack, Textarea } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { DeadLetter } from '../api.ts'
import { troubleOf } from '../problem.ts'
import { held } from '../ui/held.ts'
import { useMendLetter } from './queries.ts'
import { readPayload } from './payload.rules.ts'

type Props = { letter: DeadLetter; onDone: () => void }

const mostRows = 22

/** The arguments of a failed job as JSON, with what the server has against them beside it. */
export function PayloadEditor({ letter: { id, version, payload }, onDone }: Props) {
  const [text, setText] = useState(() => JSON.stringify(payload, null, 2))
  const [said, setSaid] = useState<string | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const mend = useMendLetter()
  useEffect(() => {
    if (said !== null) field.current?.focus()
  }, [said])
  const send = (isRetried: boolean) => {
    const read = readPayload(text)
    if ('trouble' in read) return setSaid(read.trouble)
    setSaid(null)
    mend.mutate(
      { id, version, payload: read.payload, isRetried },
      { onSuccess: onDone, onError: (error) => setSaid(troubleOf(error).detail) },
    )
  }
  return (
    <Stack gap="sm">
      <Textarea
        ref={field}
        label="Payload"
        description="What the job was given, as JSON. Mend it here; the server checks it before it is kept."
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={said}
        rows={Math.min(mostRows, text.split('\n').length + 2)}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        className="payload-field"
      />
      <Group gap="sm">
        <Button {...held(mend.isPending, () => send(true))}>Save and retry</Button>
        <Button variant="default" {...held(mend.isPending, () => send(false))}>
          Save
        </Button>
      </Group>
    </Stack>
  )
}

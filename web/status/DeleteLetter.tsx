import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { troubleOf } from '../problem.ts'
import { useDeleteLetter } from './queries.ts'

type Props = { id: string; version: string; onDone: () => void }

/** Deleting is for good, so it asks for the reason, which the audit keeps. */
export function DeleteLetter({ id, version, onDone }: Props) {
  const [reason, setReason] = useState('')
  const remove = useDeleteLetter()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    remove.mutate({ id, version, reason }, { onSuccess: onDone })
  }
  return (
    <details className="payload">
      <summary>Delete it instead</summary>
      <form onSubmit={submit} aria-label="Delete the failed job">
        <Stack gap="sm" mt="sm">
          <TextInput
            label="Reason"
            description="Stays in the audit with what the job was. The job itself is gone for good."
            required
            withAsterisk={false}
            minLength={3}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={remove.error ? troubleOf(remove.error).detail : undefined}
          />
          <Group>
            <Button type="submit" color="red" variant="light" loading={remove.isPending}>
              Delete for good
            </Button>
          </Group>
        </Stack>
      </form>
    </details>
  )
}

import { Alert, Button, Stack } from '@mantine/core'
import { troubleOf } from '../problem.ts'
import { WarningIcon } from './icons.tsx'

type Props = { error: unknown; onAgain?: (() => void) | undefined; again?: string }

/** What went wrong, in the server's words, and the way to try again. */
export function TroubleNote({ error, onAgain, again = 'Try again' }: Props) {
  const { title, detail } = troubleOf(error)
  return (
    <Alert color="red" variant="light" icon={<WarningIcon />} title={title} role="alert">
      <Stack gap="xs" align="flex-start">
        <span className="words">{detail}</span>
        {onAgain && (
          <Button size="compact-sm" variant="default" onClick={onAgain}>
            {again}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}

import { Alert, Container } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { answerOf, api } from '../api.ts'
import { WarningIcon } from './icons.tsx'

const askEveryMs = 10_000

/** On every page, while the health is red: that nothing is written to Lightspeed, and why. */
export function GradeNotice() {
  const { data } = useQuery({
    queryKey: ['grade'],
    queryFn: () => answerOf(api.grade.$get()),
    refetchInterval: askEveryMs,
  })
  if (!data || data.mayWrite) return null
  return (
    <Container size="lg" px={{ base: 'sm', sm: 'md' }} pt="md">
      <Alert color="red" icon={<WarningIcon />} title="Nothing is written to Lightspeed just now" role="alert">
        Consign is not well: {data.reasons.join(', ')}. Writing goes on by itself when it is.
      </Alert>
    </Container>
  )
}

import { Alert, Button, Code, Container, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { troubleOf } from '../problem.ts'
import { ParcelIcon } from '../ui/icons.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { useSignIn } from './session.ts'

export function SignIn() {
  usePageTitle('Sign in')
  const [token, setToken] = useState('')
  const signIn = useSignIn()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate(token.trim())
  }
  return (
    <Container component="main" size={460} py={{ base: 32, sm: 88 }}>
      <Stack gap="lg">
        <Title order={1} size="h2" className="brand">
          <ParcelIcon size={30} /> Consign
        </Title>
        <Paper withBorder p="lg">
          <form onSubmit={submit} aria-label="Sign in">
            <Stack gap="md">
              <Title order={2} size="h4">
                Sign in
              </Title>
              <PasswordInput
                label="Token"
                name="token"
                autoComplete="current-password"
                required
                withAsterisk={false}
                value={token}
                onChange={(event) => setToken(event.currentTarget.value)}
                error={signIn.error ? troubleOf(signIn.error).detail : undefined}
                visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the token', tabIndex: 0 }}
              />
              {signIn.isSuccess && <NoCookie />}
              <Button type="submit" loading={signIn.isPending} fullWidth>
                Sign in
              </Button>
              <WhereTheTokenIs />
            </Stack>
          </form>
        </Paper>
      </Stack>
    </Container>
  )
}

function WhereTheTokenIs() {
  return (
    <Text size="sm" c="dimmed">
      Consign printed the token when it was started for the first time. It also lies in the file{' '}
      <Code>admin-token</Code> of the data folder (<Code>.consign</Code>, unless <Code>CONSIGN_DATA_DIR</Code> names
      another), or it is what <Code>CONSIGN_ADMIN_TOKEN</Code> was set to.
    </Text>
  )
}

function NoCookie() {
  return (
    <Alert color="yellow" title="Your browser did not keep the session">
      The token is right. Allow cookies for this address, then sign in again.
    </Alert>
  )
}

import { Anchor, Container, Text } from '@mantine/core'
import { AppLink } from '../router.tsx'
import { PageHeading } from './PageHeading.tsx'

export function UnknownPage() {
  return (
    <Container component="main" size="lg" px={{ base: 'sm', sm: 'md' }}>
      <PageHeading title="There is no such page" />
      <Text>
        The address may have been mistyped.{' '}
        <Anchor component={AppLink} href="/">
          Go to the mirror
        </Anchor>
      </Text>
    </Container>
  )
}

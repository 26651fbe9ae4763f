import { Button, Container, Group, Text } from '@mantine/core'
import type { Session } from '../api.ts'
import { AppLink, usePath } from '../router.tsx'
import { useSignOut } from '../session/session.ts'
import { ParcelIcon } from './icons.tsx'

/** Where one is and who one is. Where the door stands open (a simulated shop on this machine) there is nothing to sign out of. */
export function TopBar({ session }: { session: Session }) {
  const signOut = useSignOut()
  return (
    <header className="top-bar">
      <Container size="lg" px={{ base: 'sm', sm: 'md' }}>
        <Group justify="space-between" wrap="nowrap" h={56}>
          <Group gap="lg" wrap="nowrap">
            <AppLink href="/" className="brand">
              <ParcelIcon size={26} /> Consign
            </AppLink>
            <Pages />
          </Group>
          <Group gap="sm" wrap="nowrap">
            <Text size="sm" c="dimmed" visibleFrom="xs">
              {session.name}
            </Text>
            {!session.open && (
              <Button variant="subtle" size="compact-sm" loading={signOut.isPending} onClick={() => signOut.mutate()}>
                Sign out
              </Button>
            )}
          </Group>
        </Group>
      </Container>
    </header>
  )
}

const pages = [
  { href: '/', name: 'Mirror' },
  { href: '/admin/sync-status', name: 'Sync status' },
]

function Pages() {
  const path = usePath()
  return (
    <nav className="pages" aria-label="Pages">
      {pages.map(({ href, name }) => (
        <AppLink key={href} href={href} aria-current={path === href ? 'page' : undefined}>
          {name}
        </AppLink>
      ))}
    </nav>
  )
}

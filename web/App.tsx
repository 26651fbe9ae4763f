import { Center, Container, Loader } from '@mantine/core'
import { useEffect } from 'react'
import { RowsPage } from './mirror/RowsPage.tsx'
import { usePath } from './router.tsx'
import { useSession } from './session/session.ts'
import { SignIn } from './session/SignIn.tsx'
import { stopWatching } from './sync/live-runs.ts'
import { StatusPage } from './status/StatusPage.tsx'
import { OverviewPage } from './sync/OverviewPage.tsx'
import { Announcer } from './ui/announcer.tsx'
import { GradeNotice } from './ui/GradeNotice.tsx'
import { TopBar } from './ui/TopBar.tsx'
import { TroubleNote } from './ui/TroubleNote.tsx'
import { UnknownPage } from './ui/UnknownPage.tsx'

/** Nobody comes past this without being signed in; what is shown then is decided by the address. */
export function App() {
  const session = useSession()
  const isIn = session.data?.signedIn ?? false
  useEffect(() => (isIn ? stopWatching : undefined), [isIn])
  return (
    <>
      <Announcer />
      {session.isPending && (
        <Center py={96}>
          <Loader aria-label="Loading" />
        </Center>
      )}
      {session.error && !session.data && (
        <Container size={460} py={88}>
          <TroubleNote error={session.error} onAgain={() => void session.refetch()} />
        </Container>
      )}
      {session.data && !isIn && <SignIn />}
      {session.data && isIn && (
        <>
          <TopBar session={session.data} />
          <GradeNotice />
          <Page />
        </>
      )}
    </>
  )
}

function Page() {
  const path = usePath()
  if (path === '/') return <OverviewPage />
  if (path === '/admin/sync-status') return <StatusPage />
  const [, entity] = /^\/mirror\/([a-z-]+)$/.exec(path) ?? []
  return entity === undefined ? <UnknownPage /> : <RowsPage key={entity} entity={entity} />
}

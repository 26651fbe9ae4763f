import { Title } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
import { hasMovedWithin } from '../router.tsx'
import { usePageTitle } from './page-title.ts'

/** The one heading of a page. Who comes here from another page begins to read at it. */
export function PageHeading({ title, children }: { title: string; children?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  usePageTitle(title)
  useEffect(() => {
    if (hasMovedWithin()) heading.current?.focus()
  }, [])
  return (
    <Title order={1} size="h2" ref={heading} tabIndex={-1} className="page-heading">
      {children ?? title}
    </Title>
  )
}

import { Group, Paper, Title } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = { id: string; title: string; aside?: ReactNode; children: ReactNode }

/** A titled part of the page, with what may be done to the whole of it beside the title. */
export function Panel({ id, title, aside, children }: Props) {
  return (
    <Paper component="section" withBorder className="panel" aria-labelledby={id}>
      <Group justify="space-between" gap="xs" className="panel-head">
        <Title order={2} size="h4" id={id}>
          {title}
        </Title>
        {aside}
      </Group>
      {children}
    </Paper>
  )
}

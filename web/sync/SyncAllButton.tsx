import { ActionIcon, Button, Group, Menu, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { countedAs } from '../ui/humane.rules.ts'
import { DownIcon, SyncIcon } from '../ui/icons.tsx'
import { held } from '../ui/held.ts'
import type { Runs } from './MirrorCard.tsx'

type Props = { rows: number; runs: Runs }

/** "Sync now", and beside it the way to read everything again. */
export function SyncAllButton({ rows, runs }: Props) {
  const [isAsking, setAsking] = useState(false)
  const { isBusy, start } = runs
  const readAgain = () => {
    setAsking(false)
    start({ full: true })
  }
  return (
    <>
      <Group gap={2} wrap="nowrap">
        <Button
          className="joined-left"
          leftSection={<SyncIcon />}
          {...held(isBusy, () => start({}))}
          data-going={isBusy || undefined}
        >
          {isBusy ? 'Syncing…' : 'Sync now'}
        </Button>
        <Menu position="bottom-end" disabled={isBusy}>
          <Menu.Target>
            <ActionIcon size={36} className="joined-right" aria-label="More ways to sync" {...held(isBusy)}>
              <DownIcon />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setAsking(true)}>Read everything again…</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <Modal opened={isAsking} onClose={() => setAsking(false)} title="Read everything again?" centered>
        <Stack>
          <Text>
            Consign reads all of the shop from its first record, as if for the first time
            {rows > 0 && ` (so far ${countedAs(rows, 'row')})`}. Nothing is lost meanwhile; it takes a while and spends
            requests that Lightspeed counts. What only changed comes with “Sync now”.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
              Cancel
            </Button>
            <Button onClick={readAgain}>Read everything again</Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}

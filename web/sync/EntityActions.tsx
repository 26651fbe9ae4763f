import { ActionIcon, Group, Menu } from '@mantine/core'
import { MoreIcon, SyncIcon } from '../ui/icons.tsx'
import { held } from '../ui/held.ts'
import type { Runs } from './MirrorCard.tsx'

type Props = { entity: string; label: string; runs: Runs }

export function EntityActions({ entity, label, runs: { isBusy, start } }: Props) {
  const entities = [entity]
  return (
    <Group gap={2} wrap="nowrap" justify="flex-end">
      <ActionIcon
        variant="subtle"
        size={32}
        aria-label={`Sync ${label} now`}
        {...held(isBusy, () => start({ entities }))}
      >
        <SyncIcon />
      </ActionIcon>
      <Menu position="bottom-end" disabled={isBusy}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={`More for ${label}`} {...held(isBusy)}>
            <MoreIcon />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => start({ entities })}>Sync now</Menu.Item>
          <Menu.Item onClick={() => start({ entities, full: true })}>Read everything again</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}

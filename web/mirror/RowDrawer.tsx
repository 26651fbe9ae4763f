import { Drawer, Stack, Text } from '@mantine/core'
import type { Row } from '../api.ts'
import { cellOf, columnsOf, keyOf } from './columns.rules.ts'

type Props = { row: Row | null; onClose: () => void }

/** All of a mirrored row: its columns, and the record as Lightspeed sent it. */
export function RowDrawer({ row, onClose }: Props) {
  return (
    <Drawer
      opened={row !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={row === null ? '' : titleOf(row)}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {row !== null && <WholeRow row={row} />}
    </Drawer>
  )
}

function titleOf(row: Row): string {
  return cellOf(row[columnsOf([row])[0] ?? 'id']) || keyOf(row)
}

function WholeRow({ row: { raw, ...columns } }: { row: Row }) {
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        The columns of the mirror’s table
      </Text>
      <pre className="json">{JSON.stringify(columns, null, 2)}</pre>
      {raw !== undefined && (
        <details className="payload">
          <summary>As Lightspeed sent it (raw)</summary>
          <pre>{JSON.stringify(raw, null, 2)}</pre>
        </details>
      )}
    </Stack>
  )
}

import { Paper, Table } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = { label: string; columns: readonly string[]; kind?: string; children: ReactNode }

/** A table that scrolls to the side where it is wider than the page; the keyboard can reach that too. */
export function WideTable({ label, columns, kind = '', children }: Props) {
  return (
    <Paper component="section" radius={0} className="rows-frame" tabIndex={0} aria-label={label}>
      <Table className={`facts ${kind}`} tabularNums verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((name) => (
              <Table.Th key={name} scope="col">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Paper>
  )
}

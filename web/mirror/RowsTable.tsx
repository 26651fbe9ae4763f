import { Badge, Paper, Table, UnstyledButton } from '@mantine/core'
import type { Row } from '../api.ts'
import { labelOf } from '../ui/humane.rules.ts'
import { cellOf, columnsOf, keyOf } from './columns.rules.ts'

type Props = { entity: string; rows: readonly Row[]; onShow: (row: Row) => void }

export function RowsTable({ entity, rows, onShow }: Props) {
  const [first = 'id', ...others] = columnsOf(rows)
  return (
    <Paper component="section" withBorder className="rows-frame" tabIndex={0} aria-label={`${labelOf(entity)}, rows`}>
      <Table className="rows" highlightOnHover tabularNums verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            {[first, ...others].map((name) => (
              <Table.Th key={name} scope="col">
                {labelOf(name.replaceAll('_', '-'))}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={keyOf(row)}>
              <Table.Th scope="row">
                <div className="row-head">
                  <UnstyledButton className="row-name" onClick={() => onShow(row)}>
                    {cellOf(row[first]) || keyOf(row)}
                  </UnstyledButton>
                  {row['deleted_at'] && <Deleted />}
                </div>
              </Table.Th>
              {others.map((name) => (
                <Table.Td key={name} title={cellOf(row[name])}>
                  {cellOf(row[name])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}

function Deleted() {
  return (
    <Badge color="gray" variant="light" size="sm" radius="sm" tt="none">
      deleted
    </Badge>
  )
}

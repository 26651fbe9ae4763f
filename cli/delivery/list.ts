import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { table, type Column } from '../table.ts'
import { oneLine } from '../text.ts'

const columns: Column[] = [
  { title: '#', align: 'right' },
  { title: 'Begun' },
  { title: 'By', gives: true },
  { title: 'Ended' },
  { title: 'Products', align: 'right' },
  { title: 'Counted', align: 'right' },
  { title: 'Id' },
  { title: 'Note', gives: true },
]

export default command({
  group: 'moving',
  summary: 'In how many deliveries a document arrived',
  args: { id: 'Number or id of the order or transfer' },
  options: {},
  examples: [['delivery list PO-STK-202611-000007-55', 'What arrived of it until now']],
  async run({ args: { id }, api, out }) {
    const page = await parseResponse(api.api.v1.consignments[':id'].deliveries.$get({ param: { id } }))
    out.result(page, (screen) => {
      if (page.data.length === 0) return 'Nothing has arrived yet.'
      const rows = page.data.map((one) => [
        String(one.position),
        one.startedAt.slice(0, 16).replace('T', ' '),
        oneLine(one.startedBy),
        one.outcome ?? 'open',
        String(one.products),
        one.counted,
        one.id,
        oneLine(one.note ?? ''),
      ])
      return table(screen, columns, rows)
    })
  },
})

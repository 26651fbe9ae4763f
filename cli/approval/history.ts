import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { table, type Column } from '../table.ts'
import { oneLine } from '../text.ts'

const columns: Column[] = [
  { title: 'Asked' },
  { title: 'By', gives: true },
  { title: 'Total', align: 'right' },
  { title: 'Answer' },
  { title: 'From', gives: true },
  { title: 'Why', gives: true },
]

export default command({
  group: 'moving',
  summary: 'Each time one was asked about, and the answers',
  args: { id: 'Its number or id' },
  options: {},
  examples: [['approval history PO-STK-202611-000007-55', 'Who answered what']],
  async run({ args: { id }, api, out }) {
    const history = await parseResponse(api.api.v1.consignments[':id'].approvals.$get({ param: { id } }))
    out.result(history, (screen) => {
      if (history.data.length === 0) return 'Nobody was asked yet.'
      const rows = history.data.map((one) => [
        one.askedAt.slice(0, 16),
        one.askedBy,
        one.total === null ? '' : `${one.total.amount} ${one.total.currency}`,
        `${one.decision ?? 'waits'}${one.isOwn ? ' (his own)' : ''}`,
        `${one.decidedBy ?? one.wantedFrom ?? one.roles.join(', ')}${one.onBehalfOf === null ? '' : ` for ${one.onBehalfOf}`}`,
        oneLine(one.reason ?? one.reasonCode ?? ''),
      ])
      return table(screen, columns, rows)
    })
  },
})

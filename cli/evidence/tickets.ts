import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { table, type Column } from '../table.ts'
import { oneLine } from '../text.ts'

const columns: Column[] = [
  { title: 'Ticket' },
  { title: 'State' },
  { title: 'Sent', align: 'right' },
  { title: 'Until' },
  { title: 'Made by', gives: true },
]

export default command({
  group: 'moving',
  summary: 'By which tickets other phones may add photos',
  details: 'Those of the last day; which photo came by which stands with the photo.',
  args: { id: 'Number or id of the document' },
  options: {},
  examples: [['evidence tickets PO-STK-202611-000007-55', 'Who may send photos of it just now?']],
  async run({ args: { id }, api, out }) {
    const asked = api.api.v1.consignments[':id']['evidence-tickets'].$get({ param: { id } })
    const page = await parseResponse(asked)
    out.result(page, (screen) => {
      if (page.data.length === 0) return 'There are none.'
      const rows = page.data.map((one) => [
        one.id,
        one.state,
        `${one.sent} of ${one.mostPhotos}`,
        one.expiresAt.slice(0, 16).replace('T', ' '),
        oneLine(one.createdBy),
      ])
      return table(screen, columns, rows)
    })
  },
})

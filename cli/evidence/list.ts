import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, text } from '../options.ts'
import { given } from '../query.ts'
import { table, type Column } from '../table.ts'
import { bytesText, oneLine } from '../text.ts'

const columns: Column[] = [
  { title: 'Id' },
  { title: 'Kind' },
  { title: 'Type' },
  { title: 'Size', align: 'right' },
  { title: 'Added' },
  { title: 'By' },
  { title: 'Note', gives: true },
]

export default command({
  group: 'moving',
  summary: 'Photos and signatures of a document',
  args: { id: 'Number or id of the document' },
  options: {
    delivery: text('<id>', 'Only of this delivery'),
    line: text('<id>', 'Only of this line'),
    case: text('<id>', 'Only of this discrepancy case'),
    all: flag('Also what was removed, archived or erased'),
  },
  examples: [['evidence list TR-STK-202611-000123-61', 'What there is to see']],
  async run({ args: { id }, options: { delivery, line, case: caseId, all }, api, out }) {
    const filter = { deliveryId: delivery, lineId: line, caseId, all: all ? 'true' : undefined }
    const asked = api.api.v1.consignments[':id'].evidence.$get({ param: { id }, query: given(filter) })
    const { data, next } = await parseResponse(asked)
    out.result({ data, next }, (screen) => {
      if (data.length === 0) return 'There are none.'
      const rows = data.map((one) => [
        one.id,
        one.kind,
        one.mediaType ?? 'erased',
        one.bytes === null ? '' : bytesText(one.bytes),
        one.createdAt.slice(0, 16).replace('T', ' '),
        one.signedBy ?? one.createdBy,
        oneLine(one.removed === null ? (one.note ?? '') : `removed: ${one.removed.reason ?? ''}`),
      ])
      return table(screen, columns, rows)
    })
  },
})

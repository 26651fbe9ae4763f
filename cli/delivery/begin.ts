import { randomUUID } from 'node:crypto'
import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, text } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Begin a delivery: goods are at the door',
  details: 'While one is open you count along in that. With an --id of your own the same delivery is begun once.',
  args: { id: 'Number or id of the order or transfer' },
  options: {
    id: text('<uuid>', 'An id of your own for the delivery'),
    note: text('<text>', 'Such as who brought it'),
    'dry-run': flag('Only look whether goods may be received'),
  },
  examples: [["delivery begin PO-STK-202611-000007-55 --note 'Two pallets'", 'The van is here']],
  async run({ args: { id }, options: { id: own, note, 'dry-run': dryRun }, api, out }) {
    const json = { id: own ?? randomUUID(), dryRun, ...(note === undefined ? {} : { note }) }
    const begun = await parseResponse(api.api.v1.consignments[':id'].deliveries.$post({ param: { id }, json }))
    const { number, status } = begun.consignment
    const how = begun.isNew ? 'is begun' : 'is open already: you count along'
    out.result(begun, () =>
      dryRun
        ? `Goods of ${number} may be received. Nothing was changed.`
        : `Delivery ${begun.position} of ${number} ${how}; ${number} is ${status}. ${begun.id}`,
    )
  },
})

import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'
import { oneLine } from '../text.ts'
import { deliveryHelp, deliveryNamed } from './delivery.finding.ts'
import { receiptLines } from './delivery.report.ts'

export default command({
  group: 'moving',
  summary: 'What is expected, what was counted, what differs',
  args: { id: 'Number or id of the order or transfer', delivery: deliveryHelp },
  lastIsOptional: true,
  options: { odd: flag('Only lines that differ from what was expected') },
  examples: [['delivery show PO-STK-202611-000007-55 --odd', 'What is short or over until now']],
  async run({ args: { id, delivery }, options: { odd }, api, out }) {
    const param = { id, deliveryId: await deliveryNamed(api, id, delivery) }
    const receipt = await parseResponse(api.api.v1.consignments[':id'].deliveries[':deliveryId'].$get({ param }))
    const lines = odd ? receipt.lines.filter(({ variance }) => variance !== '0') : receipt.lines
    const { consignment, unknownCodes, position, outcome } = receipt
    const told = outcome === null ? 'open' : `ended: ${outcome}`
    out.result({ ...receipt, lines }, (screen) =>
      [
        `${screen.paint('bold', consignment.number)} is ${consignment.status}, delivery ${position} is ${told}`,
        lines.length === 0 ? 'No line differs.' : receiptLines(screen, lines),
        ...unknownCodes.map(({ code, counted }) => `! ${oneLine(code)}: nobody knows it, ${counted} came`),
      ].join('\n'),
    )
  },
})

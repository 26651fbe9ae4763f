import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'
import { oneOf } from '../query.ts'
import { deliveryHelp, deliveryNamed } from './delivery.finding.ts'

const outcomes = ['more_to_come', 'complete'] as const

export default command({
  group: 'moving',
  summary: 'End a delivery: what was counted was received',
  args: { id: 'Number or id of the order or transfer', delivery: deliveryHelp },
  lastIsOptional: true,
  options: {
    outcome: text('<outcome>', `${outcomes.join(' or ')}: whether the rest is still expected`, oneOf(outcomes)),
    'dry-run': flag('Only look whether it may end so'),
  },
  examples: [['delivery finish PO-STK-202611-000007-55 --outcome more_to_come', 'The rest comes on Friday']],
  async run({ args: { id, delivery }, options: { outcome: said, 'dry-run': dryRun }, api, out }) {
    const outcome = outcomes.find((one) => one === said)
    if (outcome === undefined) throw misuse(`--outcome is missing: ${outcomes.join(' or ')}`)
    const param = { id, deliveryId: await deliveryNamed(api, id, delivery) }
    const one = api.api.v1.consignments[':id'].deliveries[':deliveryId']
    const ended = await parseResponse(one.completion.$post({ param, json: { outcome, dryRun } }))
    const { number, status } = ended.consignment
    out.result(ended, () =>
      dryRun
        ? `Delivery ${ended.position} may end so; ${number} would be ${status}. Nothing was changed.`
        : `Delivery ${ended.position} has ended; ${number} is now ${status}.`,
    )
  },
})

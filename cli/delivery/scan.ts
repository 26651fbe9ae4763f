import { randomUUID } from 'node:crypto'
import { parseResponse, type InferResponseType } from 'hono/client'
import type { Client } from '../client.ts'
import { command } from '../command.ts'
import { flag, text } from '../options.ts'
import { deliveryHelp, deliveryNamed } from './delivery.finding.ts'
import { countsSentence, oddScans } from './delivery.report.ts'
import { mustHaveScans, scanHelp, scanOptions, scansOf } from './scans.asking.ts'

const mostAtOnce = 500

type Scans = Client['api']['v1']['consignments'][':id']['deliveries'][':deliveryId']['scans']
type Counted = InferResponseType<Scans['$post'], 200>

export default command({
  group: 'moving',
  summary: 'Count what arrived, code by code',
  details: `${scanHelp} A scan that is wrong is named, and the others count. Sent again with the same --request it counts once.`,
  args: { id: 'Number or id of the order or transfer', delivery: deliveryHelp },
  lastIsOptional: true,
  options: {
    ...scanOptions,
    device: text('<name>', 'With which scanner'),
    request: text('<uuid>', 'An id of your own: sent again with it, it counts once'),
    'dry-run': flag('Only look what it would come to'),
  },
  examples: [
    ['delivery scan PO-STK-202611-000007-55 --scan TEA=4 --scan MILK', 'Four teas and a milk'],
    ['delivery scan PO-STK-202611-000007-55 --file docs/examples/scans.csv', 'What a scanner kept'],
  ],
  async run({
    args: { id, delivery },
    options: { device, request = randomUUID(), 'dry-run': dryRun, ...given },
    api,
    out,
  }) {
    const scans = scansOf({ ...given, device }, request)
    mustHaveScans(scans)
    const param = { id, deliveryId: await deliveryNamed(api, id, delivery) }
    if (scans.length > mostAtOnce) out.say(`Request ${request}: if this breaks off, send it again with --request`)
    const { scans: door } = api.api.v1.consignments[':id'].deliveries[':deliveryId']
    const answers: Counted[] = []
    for (let at = 0; at < scans.length; at += mostAtOnce)
      answers.push(
        await parseResponse(door.$post({ param, json: { scans: scans.slice(at, at + mostAtOnce), dryRun } })),
      )
    const results = answers.flatMap((answer) => answer.results)
    const sum = (name: 'counted' | 'repeated' | 'refused') => answers.reduce((all, { counts }) => all + counts[name], 0)
    const counts = { counted: sum('counted'), repeated: sum('repeated'), refused: sum('refused') }
    const sentence = `${dryRun ? 'Would be so: ' : ''}${countsSentence(counts)}.`
    out.result({ consignment: answers.at(-1)?.consignment, counts, results }, () =>
      [sentence, ...oddScans(results)].join('\n'),
    )
  },
})

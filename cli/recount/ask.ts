import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, names } from '../options.ts'
import { counted } from '../text.ts'
import { lineNamed } from '../delivery/delivery.finding.ts'

export default command({
  group: 'moving',
  summary: 'Ask the sender to count again what is missing',
  details: 'When a transfer ends with less than was sent, its sender is asked anyway; this asks before.',
  args: { id: 'Number or id of the transfer' },
  options: {
    lines: names('<line,…>', 'About these lines, by id, product or SKU; else about all that lack something'),
    'dry-run': flag('Only look about how many lines it would be'),
  },
  examples: [['recount ask TR-STK-202611-000123-61 --lines TEA', 'Was it really ten?']],
  async run({ args: { id }, options: { lines = [], 'dry-run': dryRun }, api, out }) {
    const lineIds = []
    for (const line of lines) lineIds.push(await lineNamed(api, id, line))
    const json = { dryRun, ...(lineIds.length === 0 ? {} : { lineIds }) }
    const done = await parseResponse(api.api.v1.consignments[':id']['recount-requests'].$post({ param: { id }, json }))
    const about = `about ${counted(done.asked, 'line')}`
    out.result(done, () => (dryRun ? `The sender would be asked ${about}.` : `The sender is asked ${about}.`))
  },
})

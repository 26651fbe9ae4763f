import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, text } from '../options.ts'
import { requestLines } from './request.report.ts'

export default command({
  group: 'moving',
  summary: 'Ask another outlet for goods',
  details:
    'For the draft of a transfer: `consign consignment create` makes one. Shows what there is at the outlet that is asked. Who has the goods pushes them without being asked: he opens his draft (`consign consignment transition --to OPEN`).',
  args: { id: 'The draft, by its number or id' },
  options: { note: text('<text>', 'What it is for'), 'dry-run': flag('Only show what would be asked') },
  examples: [['transfer ask TR-STK-202611-000123-61 --note Saturday', 'The outlet that it comes from answers']],
  async run({ args: { id }, options: { note = null, 'dry-run': dryRun }, api, out }) {
    const asked = await parseResponse(
      api.api.v1.consignments[':id'].request.$post({ param: { id }, json: { note, dryRun } }),
    )
    if (dryRun) out.say('Nothing was asked. It would be:')
    out.result(asked, (screen) => requestLines(screen, asked))
  },
})

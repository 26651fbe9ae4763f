import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Approve differences above the limit',
  details: 'Of one simulation, by its digest; nobody approves what he simulated himself, unless the house allows it.',
  args: { id: 'Number or id of the count' },
  options: {
    digest: text('<digest>', 'What `consign stocktake simulate` said'),
    reason: text('<text>', 'A word to whom it concerns'),
    'dry-run': flag('Only say whether it would be so'),
  },
  examples: [['stocktake approve CT-STK-202611-4-18 --digest a5a5a5a5a5a5', 'It may be posted then']],
  async run({ args: { id }, options: { digest, reason, 'dry-run': dryRun }, api, out }) {
    if (digest === undefined) throw misuse('--digest is missing: which simulation')
    const json = { digest, dryRun, ...(reason === undefined ? {} : { reason }) }
    const door = api.api.v1.consignments[':id']['variance-approval']
    const done = await parseResponse(door.$post({ param: { id }, json }))
    out.result(done, () => `${dryRun ? 'Would be so: ' : ''}the differences of ${done.number} are approved.`)
  },
})

import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, wholeNumber } from '../options.ts'
import { seenVersion } from '../query.ts'
import { wholeLines } from './document.report.ts'
import { findLine } from './line.words.ts'

export default command({
  group: 'moving',
  summary: 'Take a line out of a draft',
  args: { id: 'Its number or id', line: 'The line: its id, its product, or the SKU' },
  options: {
    version: wholeNumber('<n>', 'Only if it is still this version', [1, Number.MAX_SAFE_INTEGER]),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [['consignment remove-line PO-STK-202611-000007-55 TEA', 'Not to be ordered at all']],
  async run({ args: { id, line }, options: { version, 'dry-run': dryRun }, api, out }) {
    const param = { id, lineId: await findLine(api, id, line) }
    const query = dryRun ? { dryRun: 'true' as const } : {}
    const door = api.api.v1.consignments[':id'].lines[':lineId']
    const done = await parseResponse(door.$delete({ param, query }, seenVersion(version)))
    if (dryRun) out.say('Nothing was taken out. It would be:')
    out.result(done, (screen) => wholeLines(screen, done))
  },
})

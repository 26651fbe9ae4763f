import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, names, text, wholeNumber } from '../options.ts'
import { seenVersion } from '../query.ts'
import { plannedLine } from './line.words.ts'
import { wholeLines } from './document.report.ts'

export default command({
  group: 'moving',
  summary: 'Add lines to one',
  details:
    'A line is <product>=<quantity>, or <product>=<quantity>@<cost of one>. While it is received: what nobody ordered, with 0.',
  args: { id: 'Its number or id' },
  options: {
    lines: names('<product=quantity,…>', 'What is to move too'),
    reason: text('<text>', 'Why; needed once it is approved'),
    version: wholeNumber('<n>', 'Only if it is still this version', [1, Number.MAX_SAFE_INTEGER]),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [['consignment add-lines PO-STK-202611-000007-55 --lines ID=12@4.95', 'Twelve more of another']],
  async run({ args: { id }, options: { lines, reason, version, 'dry-run': dryRun }, api, out }) {
    if (lines === undefined) throw misuse('--lines is missing: give <product>=<quantity>')
    const json = {
      lines: await Promise.all(lines.map((line) => plannedLine(api, line))),
      dryRun,
      ...(reason === undefined ? {} : { reason }),
    }
    const door = api.api.v1.consignments[':id'].lines
    const done = await parseResponse(door.$post({ param: { id }, json }, seenVersion(version)))
    if (dryRun) out.say('Nothing was added. It would be:')
    out.result(done, (screen) => wholeLines(screen, done))
  },
})

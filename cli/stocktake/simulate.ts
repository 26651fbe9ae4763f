import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'
import { counted } from '../text.ts'
import { becomingLines, totalsLine } from './count.report.ts'

export default command({
  group: 'moving',
  summary: 'What posting a count would do to the stock',
  details: 'Its digest is what `consign stocktake post` takes: nobody posts what nobody has seen.',
  args: { id: 'Number or id of the count' },
  options: { 'dry-run': flag('Only show it; this digest cannot be posted') },
  examples: [['stocktake simulate CT-STK-202611-4-18', 'Of each product what it would become']],
  async run({ args: { id }, options: { 'dry-run': dryRun }, api, out }) {
    const simulation = api.api.v1.consignments[':id'].simulation
    const shown = await parseResponse(simulation.$post({ param: { id }, json: { dryRun } }))
    out.result(shown, (screen) =>
      [
        becomingLines(screen, shown.data),
        '',
        totalsLine(shown.totals),
        `${counted(shown.changes, 'product')} to change; all others stay as they are`,
        ...(dryRun ? [] : [`Post it: consign stocktake post ${shown.number} --digest ${shown.digest}`]),
      ].join('\n'),
    )
  },
})
